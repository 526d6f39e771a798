package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Kernels;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.Augmentation.Shift;
import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.Images;
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
          int last = Math.min(count, first + Kernels.LANES);
          lanes(order, from, first, last, augmentation.isPresent());
        });
  }

  /** Images that lie side by side: row by row, as a row of all of them fits the first cache. */
  private void lanes(int[] order, int from, int first, int end, boolean shifted) {
    Images read = source.images();
    boolean features = to.isOfFeatures();
    int step = features ? to.channelStep() : Kernels.LANES;
    // features lie at one distance, so a channel's are one long row
    int rows = features && !shifted ? 1 : read.height();
    int pixels = read.height() * read.width() / rows;
    int rowStep = features ? pixels * step : to.rowStep();
    int channelStep = features ? rows * rowStep : to.channelStep();
    int base = to.at(first);
    for (int channel = 0; channel < read.channels(); channel++) {
      for (int row = 0; row < rows; row++) {
        int at = base + channel * channelStep + row * rowStep - first;
        int i = first;
        for (; !shifted && i + 4 <= end; i += 4) {
          source.four(order, from + i, channel, row * pixels, pixels, to.values(), at + i, step);
        }
        for (; i < end; i++) {
          Shift shift = shifted ? shifts[i] : Shift.NONE;
          one(order[from + i], channel, row, rows, shift, at + i, step);
        }
      }
    }
  }

  /** A row of one image, or all rows where they are one. */
  private void one(int image, int channel, int row, int rows, Shift shift, int at, int step) {
    Images read = source.images();
    int all = read.height() / rows;
    for (int i = 0; i < all; i++) {
      int place = at + i * read.width() * step;
      source.row(image, channel, row + i, shift, to.values(), place, step);
    }
  }

  Images images() {
    return source.images();
  }
}
