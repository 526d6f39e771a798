package io.ticketflow.learn.data;

/**
 * How images in an order are cut into batches: batches of one size, and a last one of what remains.
 *
 * <p>A remainder that is smaller than {@code smallest} joins the batch before it, which is then the
 * last and the largest.
 *
 * @param images how many there are, at least {@code smallest} unless there are none
 * @param size images of a batch, at least {@code smallest}
 * @param smallest images that a batch needs, at least 1: see {@link
 *     io.ticketflow.learn.model.ModelGraph#smallestBatch()}
 */
public record Batches(int images, int size, int smallest) {
  /**
   * @throws IllegalArgumentException if no batch can have {@code smallest} images
   */
  public Batches {
    if (size < smallest || (images > 0 && images < smallest)) {
      throw new IllegalArgumentException(
          "a batch needs at least "
              + smallest
              + " images, as BatchNorm sees a single value of each channel in an image; got "
              + images
              + " images in batches of "
              + size);
    }
  }

  /** Batches in all. */
  public int count() {
    int remainder = images % size;
    boolean joins = remainder < smallest && images > size;
    return images / size + (remainder == 0 || joins ? 0 : 1);
  }

  /** The place of a batch's first image. */
  public int from(int batch) {
    return batch * size;
  }

  /** The place behind a batch's last image. */
  public int to(int batch) {
    return batch == count() - 1 ? images : from(batch) + size;
  }

  /** Images of the largest batch. */
  public int largest() {
    return count() == 0 ? 0 : Math.max(Math.min(size, images), images - from(count() - 1));
  }
}
