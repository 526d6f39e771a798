package io.ticketflow.learn.data;

/**
 * Labelled images as unsigned bytes, shared by all trainers of a JVM and never written to.
 *
 * @param pixels image by image, channel by channel, row by row: N × C × H × W
 * @param labels one an image, 0 … classes − 1
 */
public record Images(
    int channels, int height, int width, int classes, byte[] pixels, int[] labels) {
  public Images {
    if (pixels.length != (long) labels.length * channels * height * width) {
      throw new IllegalArgumentException(
          pixels.length
              + " bytes do not hold "
              + labels.length
              + " images of "
              + channels
              + "×"
              + height
              + "×"
              + width);
    }
  }

  /** How many images there are. */
  public int count() {
    return labels.length;
  }

  /** Bytes of one image. */
  public int imageSize() {
    return channels * height * width;
  }

  /** The same images, each flipped left to right. */
  public Images mirrored() {
    byte[] flipped = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int column = i % width;
      flipped[i - column + width - 1 - column] = pixels[i];
    }
    return new Images(channels, height, width, classes, flipped, labels);
  }

  /** The images at those indices, in that order. */
  public Images select(int[] indices) {
    int size = imageSize();
    byte[] chosen = new byte[Math.multiplyExact(indices.length, size)];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * size, chosen, i * size, size);
      chosenLabels[i] = labels[indices[i]];
    }
    return new Images(channels, height, width, classes, chosen, chosenLabels);
  }
}
