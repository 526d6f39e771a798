package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.SpecException;

/** Where the images of a data set come from. */
interface ImageSource {
  /**
   * The first images of a part, in the order of its files, every label checked.
   *
   * @param limit how many; 0 = all
   * @throws SpecException naming the file that is missing, damaged or too short
   */
  Images read(Part part, int limit);

  /** The source that a specification names. */
  static ImageSource of(DataSpec spec) {
    return switch (spec.name()) {
      case "glyphs" -> new GlyphSource(spec.seed(), spec.channels());
      case "mnist" -> IdxSource.mnist(DataFolder.of(spec));
      case "fashion-mnist" -> IdxSource.fashionMnist(DataFolder.of(spec));
      case "cifar10" -> CifarSource.cifar10(DataFolder.of(spec));
      case "cifar100" -> CifarSource.cifar100(DataFolder.of(spec));
      case "folder" ->
          new ImageFolderSource(DataFolder.of(spec).root(), spec.size(), spec.channels());
      default ->
          throw new SpecException(
              "data.name must be glyphs, mnist, fashion-mnist, cifar10, cifar100 or folder, got "
                  + spec.name());
    };
  }
}
