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
  private static final Shift[] NONE = {Shift.NONE};

  private final Crew crew;
  private final BatchSource source;
  private final FeatureMap to;
  private final Crew.Work work;

  /** What may be drawn for images of an epoch. */
  private Optional<Augmentation> drawn = Optional.empty();

  private Shift[] all = NONE;
  private final Shift[] shifts;

  // of the batch
  private int[] order = {};
  private int first;
  private int count;

  VectorFeed(Crew crew, Images images, float[] mean, float[] std, FeatureMap to) {
    this.crew = crew;
    source = new BatchSource(images, mean, std);
    this.to = to;
    shifts = new Shift[to.images()];
    work = (group, hand) -> lanes(group * Kernels.LANES);
  }

  /** The images {@code images[from] … images[end − 1]}. */
  void load(int[] images, int from, int end, Optional<Augmentation> augmentation) {
    order = images;
    first = from;
    count = end - from;
    if (!augmentation.equals(drawn)) {
      drawn = augmentation;
      all = augmentation.map(Augmentation::shifts).orElse(NONE);
    }
    for (int i = 0; i < count; i++) {
      shifts[i] = all[augmentation.isPresent() ? augmentation.get().number(order[from + i]) : 0];
    }
    crew.each((count + Kernels.LANES - 1) / Kernels.LANES, work);
  }

  /** Images that lie side by side: row by row, as a row of all of them fits the first cache. */
  private void lanes(int begin) {
    int end = Math.min(count, begin + Kernels.LANES);
    boolean shifted = drawn.isPresent();
    Images read = source.images();
    boolean features = to.isOfFeatures();
    int step = features ? to.channelStep() : Kernels.LANES;
    // features lie at one distance, so a channel's are one long row
    int rows = features && !shifted ? 1 : read.height();
    int pixels = read.height() * read.width() / rows;
    int rowStep = features ? pixels * step : to.rowStep();
    int channelStep = features ? rows * rowStep : to.channelStep();
    int base = to.at(begin);
    for (int channel = 0; channel < read.channels(); channel++) {
      for (int row = 0; row < rows; row++) {
        int at = base + channel * channelStep + row * rowStep - begin;
        int i = begin;
        for (; !shifted && i + 4 <= end; i += 4) {
          source.four(order, first + i, channel, row * pixels, pixels, to.values(), at + i, step);
        }
        for (; i < end; i++) {
          one(order[first + i], channel, row, rows, shifts[i], at + i, step);
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
