package io.ticketflow.learn.data;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.DataSpec;
import java.util.Optional;

/**
 * Random crops and flips of one epoch. What is drawn for an image is a function of the key and the
 * image's index alone, so it depends neither on the batch nor on the order that the image comes in.
 *
 * <p>As torchvision's {@code RandomCrop(side, padding = crop)}, {@code RandomHorizontalFlip()},
 * {@code ToTensor()}, {@code Normalize(mean, std)}: the border is raw black (pixel 0), put on
 * before normalisation.
 *
 * @param crop pixels of border on each side before the crop back to size; 0 = no cropping
 * @param flip whether half of the images are flipped left to right, after the crop
 * @param key what all draws of the epoch derive from
 */
public record Augmentation(int crop, boolean flip, long key) {
  private static final int OFFSET_BITS = 24;
  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("crop must be at least 0, got " + crop);
    }
  }

  /**
   * The augmentation that a specification asks for; empty if it asks for none.
   *
   * @param draws the stream of this epoch of this particle, keyed {@code (…, "augment")}; one
   *     number is drawn from it
   */
  public static Optional<Augmentation> of(DataSpec spec, KeyedRandom draws) {
    return spec.crop() == 0 && !spec.flip()
        ? Optional.empty()
        : Optional.of(new Augmentation(spec.crop(), spec.flip(), draws.nextLong()));
  }

  /**
   * What is drawn for an image.
   *
   * @param down rows from what the image shows to what it showed, −crop to crop
   * @param right likewise columns, before a flip
   * @param flipped whether it is then flipped left to right
   */
  public record Shift(int down, int right, boolean flipped) {
    /** None. */
    public static final Shift NONE = new Shift(0, 0, false);
  }

  /** What is drawn for the image of that index. */
  public Shift shift(int image) {
    long draw = KeyedRandom.at(key, image);
    return new Shift(offset(draw >>> OFFSET_BITS), offset(draw), flip && draw < 0);
  }

  /** Uniform in [−crop, crop]. */
  private int offset(long bits) {
    return (int) (((bits & OFFSET_MASK) * (2L * crop + 1)) >>> OFFSET_BITS) - crop;
  }
}
