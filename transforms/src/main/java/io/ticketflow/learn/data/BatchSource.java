package io.ticketflow.learn.data;

import io.ticketflow.learn.data.Augmentation.Shift;
import io.ticketflow.spec.DataSpec.Border;
import java.nio.FloatBuffer;
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
    Shift shift = augmentation.map(drawn -> drawn.shift(image)).orElse(Shift.NONE);
    int next = at;
    for (int channel = 0; channel < images.channels(); channel++) {
      for (int row = 0; row < images.height(); row++, next += images.width()) {
        row(image, channel, row, shift, out, next, 1);
      }
    }
  }

  /**
   * Writes a row of an image as it is after a shift.
   *
   * @param at where column 0 goes
   * @param step from there to where the next column goes
   */
  public void row(int image, int channel, int row, Shift shift, float[] out, int at, int step) {
    int width = images.width();
    int base = channel * LEVELS;
    if (shift.border() == Border.REFLECT) {
      reflected(image, channel, row, shift, out, at, step);
      return;
    }
    int from = row + shift.down();
    boolean bordered = from < 0 || from >= images.height();
    // the columns that show the image: column x shows what lies at x + right, or of its mirror
    // image
    int moved = shift.flipped() ? -shift.right() : shift.right();
    int first = bordered ? width : Math.min(width, Math.max(0, -moved));
    int end = bordered ? width : Math.max(first, Math.min(width, width - moved));
    border(0, first, base, out, at, step);
    int in = image * imageSize() + (channel * images.height() + from) * width;
    int to = at + first * step;
    byte[] pixels = images.pixels();
    if (shift.flipped()) {
      int read = in + width - 1 + shift.right();
      for (int x = first; x < end; x++, to += step) {
        out[to] = table[base + (pixels[read - x] & 0xFF)];
      }
    } else {
      int read = in + shift.right();
      for (int x = first; x < end; x++, to += step) {
        out[to] = table[base + (pixels[read + x] & 0xFF)];
      }
    }
    border(end, width, base, out, at, step);
  }

  /**
   * Writes pixels of four images, unchanged, side by side: faster than one image after the other.
   *
   * @param indices of the images, at {@code first … first + 3}
   * @param pixel the first, counted in the channel row by row
   * @param count of them
   * @param at where the first image's first pixel goes
   * @param step from there to where its next pixel goes
   */
  public void four(
      int[] indices, int first, int channel, int pixel, int count, float[] out, int at, int step) {
    int base = channel * LEVELS;
    int from = channel * images.height() * images.width() + pixel;
    int a = indices[first] * imageSize() + from;
    int b = indices[first + 1] * imageSize() + from;
    int c = indices[first + 2] * imageSize() + from;
    int d = indices[first + 3] * imageSize() + from;
    byte[] pixels = images.pixels();
    int to = at;
    for (int i = 0; i < count; i++, to += step) {
      out[to] = table[base + (pixels[a + i] & 0xFF)];
      out[to + 1] = table[base + (pixels[b + i] & 0xFF)];
      out[to + 2] = table[base + (pixels[c + i] & 0xFF)];
      out[to + 3] = table[base + (pixels[d + i] & 0xFF)];
    }
  }

  private void reflected(
      int image, int channel, int row, Shift shift, float[] out, int at, int step) {
    int width = images.width();
    int height = images.height();
    int from = (channel * height + mirrored(row + shift.down(), height)) * width;
    for (int x = 0; x < width; x++) {
      int column = mirrored((shift.flipped() ? width - 1 - x : x) + shift.right(), width);
      int level = images.pixels()[image * imageSize() + from + column] & 0xFF;
      out[at + x * step] = table[channel * LEVELS + level];
    }
  }

  /** The place that is seen where places 0 … n − 1 are mirrored at both ends. */
  private static int mirrored(int place, int n) {
    int period = Math.max(1, 2 * (n - 1));
    int within = Math.floorMod(place, period);
    return within < n ? within : period - within;
  }

  private void border(int from, int end, int base, float[] out, int at, int step) {
    for (int x = from; x < end; x++) {
      out[at + x * step] = table[base];
    }
  }
}
