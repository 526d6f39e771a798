package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Which images a run learns from.
 *
 * @param name glyphs, mnist, fashion-mnist, cifar10, cifar100 or folder
 * @param dir folder with the publisher's files, or with one folder per split and class; empty for
 *     glyphs. Where the files lie does not matter to any result.
 * @param digest SHA-256 of the decoded images and labels, in hexadecimal; empty until they are read
 * @param train training images to use, the first of the file order, before the validation split is
 *     carved; 0 = all. For glyphs, how many to draw.
 * @param test test images to use, the first of the file order; 0 = all. For glyphs, how many to
 *     draw.
 * @param validation fraction of the training images that becomes the validation split, in [0, 1)
 * @param splitSeed seed of that split: the same for every run that shall be compared
 * @param size height and width that a folder's images are scaled to; ignored elsewhere
 * @param channels 1 or 3, for glyphs and folder; ignored elsewhere
 * @param seed seed of glyphs; ignored elsewhere
 * @param crop pixels of border around an image before a random crop back to its size; 0 = no
 *     cropping
 * @param flip whether images are flipped left to right at random
 * @param border what that border shows
 * @param alternating whether flips are drawn for the first epoch alone, and every image is flipped
 *     from each epoch to the next (Jordan 2024, arXiv 2404.00498)
 */
public record DataSpec(
    String name,
    String dir,
    String digest,
    int train,
    int test,
    double validation,
    long splitSeed,
    int size,
    int channels,
    long seed,
    int crop,
    boolean flip,
    Border border,
    boolean alternating) {
  /** What lies beyond the edge of an image. */
  public enum Border {
    /** Raw black. */
    BLACK,
    /** The image, mirrored at the middle of the pixels of its edge. */
    REFLECT
  }

  public DataSpec {
    check(train >= 0, "data.train", "at least 0", train);
    check(test >= 0, "data.test", "at least 0", test);
    check(validation >= 0 && validation < 1, "data.validation", "in [0, 1)", validation);
    check(size >= 8 && size <= 1024, "data.size", "from 8 to 1024", size);
    check(channels == 1 || channels == 3, "data.channels", "1 or 3", channels);
    check(crop >= 0 && crop <= 64, "data.crop", "from 0 to 64", crop);
  }

  /** The same images with the digest of their content. */
  public DataSpec withDigest(String contentDigest) {
    return new DataSpec(
        name,
        dir,
        contentDigest,
        train,
        test,
        validation,
        splitSeed,
        size,
        channels,
        seed,
        crop,
        flip,
        border,
        alternating);
  }

  /** The same images wherever they lie: what actions are keyed by. */
  public DataSpec withoutLocation() {
    return dir.isEmpty() ? this : at("");
  }

  /** The same images in that folder. */
  public DataSpec at(String folder) {
    return new DataSpec(
        name,
        folder,
        digest,
        train,
        test,
        validation,
        splitSeed,
        size,
        channels,
        seed,
        crop,
        flip,
        border,
        alternating);
  }

  void idle(IdleKeys keys) {
    boolean drawn = name.equals("glyphs");
    boolean folder = name.equals("folder");
    keys.none(drawn, "data.dir", "glyphs are drawn")
        .none(validation == 0, "data.splitSeed", "data.validation is 0")
        .none(!folder, "data.size", "only the images of a folder are scaled")
        .none(!drawn && !folder, "data.channels", "the images of " + name + " have their own")
        .none(!drawn, "data.seed", "only glyphs are drawn")
        .none(crop == 0, "data.border", "data.crop is 0")
        .none(!flip, "data.alternating", "data.flip is false");
  }
}
