package io.ticketflow.learn.data;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.DataSpec.Border;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Random crops and flips of one epoch. What is drawn for an image is a function of the key and the
 * image's index alone, so it depends neither on the batch nor on the order that the image comes in.
 *
 * <p>As torchvision's {@code RandomCrop(side, padding = crop)}, {@code RandomHorizontalFlip()},
 * {@code ToTensor()}, {@code Normalize(mean, std)}: a black border is raw black (pixel 0), put on
 * before normalisation.
 *
 * @param crop pixels of border on each side before the crop back to size; 0 = no cropping
 * @param flip whether half of the images are flipped left to right, after the crop
 * @param key what all draws of the epoch derive from
 * @param border what the border shows
 * @param flipKey what the flips derive from in place of it; of alternating ones, the first epoch's
 * @param turned whether the images are flipped that the draws do not flip
 */
public record Augmentation(
    int crop, boolean flip, long key, Border border, long flipKey, boolean turned) {
  private static final int OFFSET_BITS = 24;
  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("crop must be at least 0, got " + crop);
    }
  }

  /** Black borders, and flips of the epoch's own. */
  public Augmentation(int crop, boolean flip, long key) {
    this(crop, flip, key, Border.BLACK, key, false);
  }

  /**
   * The augmentation that a specification asks for; empty if it asks for none.
   *
   * @param draws the stream of each epoch of this particle, keyed {@code (…, "augment")}; one
   *     number is drawn from it
   * @param epoch from 1
   */
  public static Optional<Augmentation> of(
      DataSpec spec, IntFunction<KeyedRandom> draws, int epoch) {
    if (spec.crop() == 0 && !spec.flip()) {
      return Optional.empty();
    }
    long key = draws.apply(epoch).nextLong();
    long flipKey = spec.alternating() ? draws.apply(1).nextLong() : key;
    boolean turned = spec.alternating() && epoch % 2 == 0;
    return Optional.of(
        new Augmentation(spec.crop(), spec.flip(), key, spec.border(), flipKey, turned));
  }

  /**
   * What is drawn for an image.
   *
   * @param down rows from what the image shows to what it showed, −crop to crop
   * @param right likewise columns, before a flip
   * @param flipped whether it is then flipped left to right
   * @param border what is shown where the image does not reach
   */
  public record Shift(int down, int right, boolean flipped, Border border) {
    /** None. */
    public static final Shift NONE = new Shift(0, 0, false, Border.BLACK);
  }

  /** What is drawn for the image of that index. */
  public Shift shift(int image) {
    return ofNumber(number(image));
  }

  /** Its number among {@link #shifts}. */
  public int number(int image) {
    long draw = KeyedRandom.at(key, image);
    int place = column(draw >>> OFFSET_BITS) * columns() + column(draw);
    boolean flipped = flip && (KeyedRandom.at(flipKey, image) < 0) != turned;
    return 2 * place + (flipped ? 1 : 0);
  }

  /** All that can be drawn, by number. */
  public Shift[] shifts() {
    Shift[] all = new Shift[2 * columns() * columns()];
    Arrays.setAll(all, this::ofNumber);
    return all;
  }

  private Shift ofNumber(int number) {
    int place = number / 2;
    return new Shift(place / columns() - crop, place % columns() - crop, number % 2 == 1, border);
  }

  private int columns() {
    return 2 * crop + 1;
  }

  /** Uniform in [0, 2 · crop]. */
  private int column(long bits) {
    return (int) (((bits & OFFSET_MASK) * columns()) >>> OFFSET_BITS);
  }
}
