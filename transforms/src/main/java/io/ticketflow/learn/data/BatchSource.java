package io.ticketflow.learn.data;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Batches of normalised images, N × C × H × W: {@code (pixel / 255 − mean) / std}, computed in
 * floats as torchvision does and looked up from a table of 256 values a channel.
 *
 * <p>Immutable, hence shared freely by threads.
 */
public final class BatchSource {
  private static final int LEVELS = 256;

  private final Images images;
  private final float[] table;

  /**
   * @param mean one a channel, of pixels scaled to [0, 1]
   * @param std one a channel, of the same pixels; never 0
   */
  public BatchSource(Images images, float[] mean, float[] std) {
    if (mean.length != images.channels() || std.length != images.channels()) {
      throw new IllegalArgumentException(
          "mean and std must have " + images.channels() + " values, one a channel");
    }
    this.images = images;
    this.table = new float[images.channels() * LEVELS];
    for (int i = 0; i < table.length; i++) {
      table[i] = ((i % LEVELS) / 255f - mean[i / LEVELS]) / std[i / LEVELS];
    }
  }

  /** The images that batches are made of. */
  public Images images() {
    return images;
  }

  /** Floats of one image: C · H · W. */
  public int imageSize() {
    return images.imageSize();
  }

  /** Writes the images {@code indices[from] … indices[to − 1]}, unchanged, to the front of out. */
  public void fill(int[] indices, int from, int to, float[] out) {
    fill(indices, from, to, out, Optional.empty());
  }

  /**
   * Writes the images {@code indices[from] … indices[to − 1]} to the front of out, each augmented
   * by the draw that belongs to its index.
   */
  public void fill(
      int[] indices, int from, int to, float[] out, Optional<Augmentation> augmentation) {
    for (int i = from; i < to; i++) {
      write(indices[i], out, (i - from) * imageSize(), augmentation);
    }
  }

  /** Likewise, from the buffer's position, which moves behind the last image. */
  public void fill(
      int[] indices, int from, int to, FloatBuffer out, Optional<Augmentation> augmentation) {
    float[] image = new float[imageSize()];
    for (int i = from; i < to; i++) {
      write(indices[i], image, 0, augmentation);
      out.put(image);
    }
  }

  private void write(int image, float[] out, int at, Optional<Augmentation> augmentation) {
    if (augmentation.isPresent()) {
      writeAugmented(image, out, at, augmentation.get());
      return;
    }
    byte[] pixels = images.pixels();
    int plane = images.height() * images.width();
    int in = image * imageSize();
    for (int channel = 0; channel < images.channels(); channel++) {
      int base = channel * LEVELS;
      for (int end = in + plane; in < end; in++, at++) {
        out[at] = table[base + (pixels[in] & 0xFF)];
      }
    }
  }

  private void writeAugmented(int image, float[] out, int at, Augmentation augmentation) {
    int height = images.height();
    int width = images.width();
    long draw = augmentation.draw(image);
    int down = augmentation.top(draw) - augmentation.crop();
    int right = augmentation.left(draw) - augmentation.crop();
    boolean flipped = augmentation.flipped(draw);
    for (int channel = 0; channel < images.channels(); channel++) {
      int base = channel * LEVELS;
      int plane = image * imageSize() + channel * height * width;
      for (int y = 0; y < height; y++, at += width) {
        int row = y + down;
        if (row < 0 || row >= height) {
          Arrays.fill(out, at, at + width, table[base]);
        } else if (flipped) {
          // Column x shows what the crop has at width − 1 − x.
          writeRow(plane + row * width, width - 1 + right, -1, base, out, at);
        } else {
          writeRow(plane + row * width, right, 1, base, out, at);
        }
      }
    }
  }

  private void writeRow(int rowStart, int column, int step, int base, float[] out, int at) {
    byte[] pixels = images.pixels();
    int width = images.width();
    for (int x = 0; x < width; x++, column += step) {
      int level = column >= 0 && column < width ? pixels[rowStart + column] & 0xFF : 0;
      out[at + x] = table[base + level];
    }
  }
}
