package io.ticketflow.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a layer gives for a batch of images, and the loss's gradient in it.
 *
 * <p>Images come in blocks. A block's place holds one pixel of {@value Kernels#LANES} images; a
 * block has as many places as the map has pixels. Where a whole network knows no pixels, several
 * times as many images share a block and take its places in turn: {@link #ofFeatures}. Rows follow
 * each other in a block, channels in a row, places in a channel; so a convolution finds what it
 * reads for a row of places side by side. Around the places of a channel lie borders that are
 * always 0, so that a convolution reads them like any other: before and behind each channel's part
 * of a row, which share a border with their neighbours, and rows above and below.
 */
public final class FeatureMap {
  /** Most groups of images in a block of features: those of a tile. */
  private static final int GROUPS = Math.max(4, KernelChoice.tile());

  private final int channels;
  private final int height;
  private final int width;
  private final int border;
  private final int images;
  private final int perBlock;
  private final int first;
  private final float[] values;
  private float[] gradient = new float[0];

  private FeatureMap(
      int channels,
      int height,
      int width,
      int border,
      int images,
      int perBlock,
      boolean hasValues) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.border = border;
    this.images = images;
    this.perBlock = perBlock;
    values =
        hasValues ? CacheLine.array(Math.multiplyExact(blocks(images), blockSize())) : new float[0];
    first = CacheLine.first();
  }

  /**
   * A map of images.
   *
   * @param border places of 0 on each side
   * @param images of the largest batch
   */
  public static FeatureMap ofImages(int channels, int height, int width, int border, int images) {
    return new FeatureMap(channels, height, width, border, images, Kernels.LANES, true);
  }

  /** Likewise a map whose values are made where they are read. */
  public static FeatureMap withoutValues(
      int channels, int height, int width, int border, int images) {
    return new FeatureMap(channels, height, width, border, images, Kernels.LANES, false);
  }

  /** A map of features, in a network that knows no pixels. */
  public static FeatureMap ofFeatures(int features, int images) {
    int groups = images > GROUPS / 2 * Kernels.LANES ? GROUPS : 4; // of fewer, half would be idle
    return new FeatureMap(features, 1, groups, 0, images, groups * Kernels.LANES, true);
  }

  /** Blocks that hold so many images. */
  public int blocks(int count) {
    return (count + perBlock - 1) / perBlock;
  }

  /** Where the first block begins. */
  int begin() {
    return first;
  }

  /** Where a block begins. */
  int begin(int block) {
    return first + block * blockSize();
  }

  /** Where the blocks of so many images end. */
  int end(int count) {
    return begin(blocks(count));
  }

  /** Images of the largest batch. */
  public int images() {
    return images;
  }

  /** Whether a place is a group of images and no pixel. */
  public boolean isOfFeatures() {
    return perBlock > Kernels.LANES;
  }

  public int channels() {
    return channels;
  }

  /** Rows of places. */
  public int height() {
    return height;
  }

  /** Places of a row. */
  public int width() {
    return width;
  }

  /** Places of 0 on each side. */
  int border() {
    return border;
  }

  /** Floats from a place to the one below it: a row of all channels. */
  public int rowStep() {
    return channels * channelStep();
  }

  /** Floats from a channel to the next. */
  public int channelStep() {
    return (width + border) * Kernels.LANES;
  }

  /** Floats of a block. */
  public int blockSize() {
    return (height + 2 * border) * rowStep() + border * Kernels.LANES;
  }

  /** Where a place of channel 0 lies. */
  public int at(int block, int row, int column) {
    return begin(block) + (row + border) * rowStep() + (border + column) * Kernels.LANES;
  }

  /** Where an image's first pixel of channel 0 lies, or its feature 0. */
  public int at(int image) {
    int inBlock = image % perBlock;
    return at(image / perBlock, 0, inBlock / Kernels.LANES) + inBlock % Kernels.LANES;
  }

  /** The values, borders included. */
  public float[] values() {
    return values;
  }

  /** The loss's gradient in the values, laid out like them; there after {@link #withGradient}. */
  public float[] gradient() {
    return gradient;
  }

  /** Whether there is room for the gradient. */
  public boolean hasGradient() {
    return gradient.length > 0;
  }

  /**
   * Makes room for the gradient.
   *
   * @param again the room of a map of the same geometry, when it is needed no more; null = new room
   */
  public void withGradient(float @Nullable [] again) {
    gradient = again == null ? CacheLine.array(end(images) - begin()) : again;
  }

  /** Sets the lanes of images that a batch of so many has not to 0, in all rows of an array. */
  void clearMissing(float[] array, int count) {
    int lanes = count % Kernels.LANES;
    int groups = count / Kernels.LANES;
    int last = isOfFeatures() ? blocks(count) * width : blocks(count);
    for (int group = groups; group < last; group++) {
      int from = group == groups ? lanes : 0;
      for (int channel = 0; channel < channels; channel++) {
        clear(array, group, channel, from);
      }
    }
  }

  /** Likewise in one row of a block, whose place 0 of channel 0 lies anywhere. */
  void clearMissing(float[] row, int at, int block, int count) {
    int there = count - block * Kernels.LANES;
    if (there >= Kernels.LANES) {
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      for (int column = 0; column < width; column++) {
        int place = at + channel * channelStep() + column * Kernels.LANES;
        Arrays.fill(row, place + there, place + Kernels.LANES, 0);
      }
    }
  }

  private void clear(float[] array, int group, int channel, int from) {
    int rows = isOfFeatures() ? 1 : height;
    int columns = isOfFeatures() ? 1 : width;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at =
            (isOfFeatures() ? at(group / width, 0, group % width) : at(group, row, column))
                + channel * channelStep();
        Arrays.fill(array, at + from, at + Kernels.LANES, 0);
      }
    }
  }
}
