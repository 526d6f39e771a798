package io.ticketflow.runners.launch;

import io.ticketflow.method.queue.Order;
import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Values of Beam's options that Beam takes and then fails on, after the first file is written. */
final class OptionValues {
  private OptionValues() {}

  /**
   * Refuses what cannot be.
   *
   * @throws UserException with one sentence that names the option
   */
  static void check(String name, String value) {
    if (name.equals("flinkMaster")) {
      Launch.cluster(value); // which refuses what is no address
    }
    boolean fits =
        switch (name) {
          case "targetParallelism", "parallelism" -> isCount(value);
          case "flinkConfDir" -> isFolder(value);
          case "order" -> Order.of(value).isPresent();
          case "runner" -> !value.isBlank();
          default -> true;
        };
    if (!fits) {
      throw refused(name, value);
    }
  }

  /** What an option takes, and what it was given. */
  static UserException refused(String name, String value) {
    String rule =
        switch (name) {
          case "targetParallelism", "parallelism" -> "a whole number of at least 1";
          case "flinkConfDir" -> "a folder that exists";
          case "order" -> String.join(" or ", Order.words());
          case "runner" -> "DirectRunner or FlinkRunner";
          default -> throw new IllegalArgumentException(name);
        };
    return UserException.of(
        "--%s must be %s, got %s", name, rule, value.isBlank() ? "nothing" : value);
  }

  private static boolean isCount(String value) {
    try {
      return Integer.parseInt(value) >= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isFolder(String value) {
    try {
      return !value.isBlank() && Files.isDirectory(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
