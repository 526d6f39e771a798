package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Image files in folders of their classes: {@code train/CLASS/*} and {@code test/CLASS/*}. Classes
 * are labelled in the order of their names. The first file of each class, by name, comes first,
 * then the second of each, so that a limit leaves classes as even as the folder allows.
 *
 * <p>Names that begin with a dot are passed over; every other file must be an image.
 */
final class ImageFolderSource implements ImageSource {
  static final KnownDataset FOLDER =
      new KnownDataset(
          "folder",
          true,
          false,
          spec -> new Datasets.Shape(spec.channels(), spec.size(), spec.size(), 10),
          spec -> new ImageFolderSource(DataFolder.of(spec).root(), spec.size(), spec.channels()));

  private final Path root;
  private final int side;
  private final int channels;

  ImageFolderSource(Path root, int side, int channels) {
    this.root = root;
    this.side = side;
    this.channels = channels;
  }

  private record Entry(Path path, int label) {}

  @Override
  public Images read(Part part, int limit) {
    List<String> classes = classes(Part.TRAIN);
    if (part == Part.TEST && !classes(Part.TEST).equals(classes)) {
      throw UserException.of(
          "%s must have the same classes in train and in test, got %s and %s",
          root, classes, classes(Part.TEST));
    }
    List<Entry> entries = entries(root.resolve(part.label()), classes);
    int count = part.take(limit, entries.size(), root.resolve(part.label()).toString());
    int size = channels * side * side;
    if ((long) count * size > Integer.MAX_VALUE - 8) {
      throw UserException.of(
          "%s is too large: %s images of %s bytes exceed 2 GiB", root, count, size);
    }
    byte[] pixels = new byte[count * size];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      ImageFile.read(entries.get(i).path(), channels).scale(side, pixels, i * size);
      labels[i] = entries.get(i).label();
    }
    return new Images(channels, side, side, classes.size(), pixels, labels);
  }

  private List<String> classes(Part part) {
    Path folder = root.resolve(part.label());
    List<String> classes =
        list(folder, Files::isDirectory).stream()
            .map(path -> path.getFileName().toString())
            .toList();
    if (classes.isEmpty()) {
      throw new UserException(folder + " holds no class folder");
    }
    return classes;
  }

  private static List<Entry> entries(Path folder, List<String> classes) {
    List<List<Path>> byClass =
        classes.stream().map(name -> list(folder.resolve(name), path -> true)).toList();
    List<Entry> entries = new ArrayList<>();
    int longest = byClass.stream().mapToInt(List::size).max().orElse(0);
    for (int rank = 0; rank < longest; rank++) {
      for (int label = 0; label < byClass.size(); label++) {
        if (rank < byClass.get(label).size()) {
          entries.add(new Entry(byClass.get(label).get(rank), label));
        }
      }
    }
    for (int label = 0; label < byClass.size(); label++) {
      if (byClass.get(label).isEmpty()) {
        throw new UserException(folder.resolve(classes.get(label)) + " holds no image");
      }
    }
    return entries;
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " does not exist or is not a folder");
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(wanted)
          // By name, not by path, whose order is the platform's.
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw SourceFile.unreadable(folder, e);
    }
  }
}
