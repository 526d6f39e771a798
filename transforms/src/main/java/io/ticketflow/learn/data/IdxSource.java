package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The four IDX files of MNIST and its likes, plain or packed by gzip, with a dash or a dot before
 * {@code idx}: a big-endian header of magic number, count and sizes, then unsigned bytes.
 */
final class IdxSource implements ImageSource {
  private static final int IMAGES_MAGIC = 0x00000803;
  private static final int LABELS_MAGIC = 0x00000801;
  private static final int CLASSES = 10;
  private static final int LARGEST_SIDE = 1024;

  static final KnownDataset MNIST = known("mnist", "MNIST");
  static final KnownDataset FASHION_MNIST = known("fashion-mnist", "FashionMNIST");

  private final Path folder;

  private IdxSource(Path folder) {
    this.folder = folder;
  }

  private static KnownDataset known(String name, String torchvisions) {
    return KnownDataset.published(
        name,
        1,
        28,
        CLASSES,
        data ->
            new IdxSource(data.holding(List.of(name, torchvisions + "/raw"), images(Part.TRAIN))));
  }

  @Override
  public Images read(Part part, int limit) {
    int[] labels = readLabels(find(labels(part)));
    Path path = find(images(part));
    try (SourceFile file = SourceFile.open(path)) {
      magic(file, IMAGES_MAGIC);
      int count = count(file);
      int height = side(file);
      int width = side(file);
      long bytes = (long) count * height * width;
      if (bytes > Integer.MAX_VALUE - 8) {
        throw UserException.of("%s is too large: its header promises %s pixels", path, bytes);
      }
      if (count != labels.length) {
        throw UserException.of(
            "%s holds %s images, but its labels are %s", path, count, labels.length);
      }
      int taken = part.take(limit, count, path.toString());
      byte[] pixels = file.readBytes((int) bytes);
      file.end();
      return new Images(
          1,
          height,
          width,
          CLASSES,
          taken == count ? pixels : Arrays.copyOf(pixels, taken * height * width),
          Arrays.copyOf(labels, taken));
    }
  }

  private static int[] readLabels(Path path) {
    try (SourceFile file = SourceFile.open(path)) {
      magic(file, LABELS_MAGIC);
      byte[] bytes = file.readBytes(count(file));
      file.end();
      int[] labels = new int[bytes.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = bytes[i] & 0xFF;
        if (labels[i] >= CLASSES) {
          throw UserException.of(
              "%s has label %s at image %s, but labels are 0 to 9", path, labels[i], i);
        }
      }
      return labels;
    }
  }

  private static void magic(SourceFile file, int expected) {
    int magic = file.readInt();
    if (magic != expected) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s begins with the magic number 0x%08x, but an IDX file of %s begins with 0x%08x",
              file.path(),
              magic,
              expected == IMAGES_MAGIC ? "images" : "labels",
              expected));
    }
  }

  private static int count(SourceFile file) {
    int count = file.readInt();
    if (count < 0) {
      throw UserException.of("%s has a damaged header: its count is %s", file.path(), count);
    }
    return count;
  }

  private static int side(SourceFile file) {
    int side = file.readInt();
    if (side < 1 || side > LARGEST_SIDE) {
      throw UserException.of(
          "%s has a damaged header: its images have a side of %s pixels", file.path(), side);
    }
    return side;
  }

  private Path find(List<String> names) {
    return DataFolder.find(folder, names)
        .orElseThrow(() -> new UserException(folder.resolve(names.get(0)) + " does not exist"));
  }

  private static List<String> images(Part part) {
    return names(part, "images", "idx3-ubyte");
  }

  private static List<String> labels(Part part) {
    return names(part, "labels", "idx1-ubyte");
  }

  private static List<String> names(Part part, String content, String format) {
    String stem = (part == Part.TRAIN ? "train-" : "t10k-") + content;
    return List.of(
        stem + "-" + format,
        stem + "-" + format + ".gz",
        stem + "." + format,
        stem + "." + format + ".gz");
  }
}
