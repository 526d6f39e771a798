package io.ticketflow.learn.vector;

import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Kernels;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.Images;
import java.util.Optional;

/** Writes batches of images to a network's input, normalised and augmented. */
final class VectorFeed {
  private final BatchSource source;
  private final FeatureMap to;
  private final float[] group;

  VectorFeed(Images images, float[] mean, float[] std, FeatureMap to) {
    source = new BatchSource(images, mean, std);
    this.to = to;
    group = new float[Kernels.LANES * images.imageSize()];
  }

  /** The images {@code order[from] … order[end − 1]}. */
  void load(int[] order, int from, int end, Optional<Augmentation> augmentation) {
    for (int first = from; first < end; first += Kernels.LANES) {
      int last = Math.min(end, first + Kernels.LANES);
      source.fill(order, first, last, group, augmentation);
      spread(to.at(first - from), last - first);
    }
  }

  /** From image after image to pixel after pixel. */
  private void spread(int base, int images) {
    Images read = source.images();
    int size = source.imageSize();
    int pixel = 0;
    boolean features = to.isOfFeatures();
    for (int channel = 0; channel < read.channels(); channel++) {
      for (int row = 0; row < read.height(); row++) {
        int at = base + (features ? 0 : channel * to.channelStep() + row * to.rowStep());
        for (int column = 0; column < read.width(); column++, pixel++) {
          int out = features ? at + pixel * to.channelStep() : at + column * Kernels.LANES;
          for (int lane = 0; lane < images; lane++) {
            to.values()[out + lane] = group[lane * size + pixel];
          }
        }
      }
    }
  }

  Images images() {
    return source.images();
  }
}
