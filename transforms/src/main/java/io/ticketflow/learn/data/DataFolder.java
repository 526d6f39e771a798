package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder that {@code data.dir} names. */
record DataFolder(Path root) {
  static DataFolder of(DataSpec spec) {
    if (spec.dir().isBlank()) {
      throw UserException.of(
          "data.dir must name the folder that holds %s, got nothing", spec.name());
    }
    Path root;
    try {
      root = Path.of(spec.dir());
    } catch (InvalidPathException e) {
      throw new UserException("data.dir must be a path, got " + spec.dir());
    }
    if (!Files.isDirectory(root)) {
      String fetch =
          KnownDatasets.of(spec).isPublished()
              ? "; 'ticketflow data fetch " + spec.name() + " --to DIR' fetches it"
              : "";
      throw UserException.of("data.dir must name a folder, got %s%s", root, fetch);
    }
    return new DataFolder(root);
  }

  /**
   * The first of the root and those folders below it that holds a file of one of those names.
   *
   * @throws UserException naming root and file, if none does
   */
  Path holding(List<String> below, List<String> names) {
    if (find(root, names).isPresent()) {
      return root;
    }
    return below.stream()
        .map(root::resolve)
        .filter(folder -> find(folder, names).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                UserException.of(
                    "%s holds no %s, and neither does its folder %s",
                    root, names.get(0), String.join(" or ", below)));
  }

  /** The first of those files that exists in a folder. */
  static Optional<Path> find(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }
}
