package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Kernels;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.Augmentation.Shift;
import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.Images;
import java.util.Arrays;
import java.util.Optional;

/** Writes batches of images to a network's input, normalised and augmented. */
final class VectorFeed {
  private final Crew crew;
  private final BatchSource source;
  private final FeatureMap to;
  private final Shift[] shifts;

  VectorFeed(Crew crew, Images images, float[] mean, float[] std, FeatureMap to) {
    this.crew = crew;
    source = new BatchSource(images, mean, std);
    this.to = to;
    shifts = new Shift[to.images()];
    Arrays.fill(shifts, Shift.NONE);
  }

  /** The images {@code order[from] … order[end − 1]}. */
  void load(int[] order, int from, int end, Optional<Augmentation> augmentation) {
    int count = end - from;
    if (augmentation.isPresent()) {
      for (int i = 0; i < count; i++) {
        shifts[i] = augmentation.get().shift(order[from + i]);
      }
    }
    crew.each(
        (count + Kernels.LANES - 1) / Kernels.LANES,
        (group, hand) -> {
          int first = group * Kernels.LANES;
          lanes(order, from, first, Math.min(count, first + Kernels.LANES));
        });
  }

  /** Images that lie side by side: row by row, as a row of all of them fits the first cache. */
  private void lanes(int[] order, int from, int first, int end) {
    Images read = source.images();
    float[] values = to.values();
    boolean features = to.isOfFeatures();
    int step = features ? to.channelStep() : Kernels.LANES;
    int rowStep = features ? read.width() * step : to.rowStep();
    int channelStep = features ? read.height() * rowStep : to.channelStep();
    int base = to.at(first);
    for (int channel = 0; channel < read.channels(); channel++) {
      for (int row = 0; row < read.height(); row++) {
        int at = base + channel * channelStep + row * rowStep - first;
        for (int i = first; i < end; i++) {
          source.row(order[from + i], channel, row, shifts[i], values, at + i, step);
        }
      }
    }
  }

  Images images() {
    return source.images();
  }
}
