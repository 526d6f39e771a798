package io.ticketflow.runners.launch;

import io.ticketflow.spec.SpecException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Values of Beam's options that Beam takes and then fails on, after the first file is written. */
final class OptionValues {
  /** A host or an IPv6 address in brackets, with or without a port. */
  private static final Pattern ADDRESS =
      Pattern.compile("(https?://)?([\\w.-]+|\\[[0-9a-fA-F:.]+])(:(?<port>\\d{1,5}))?");

  private static final Pattern IN_PROCESS = Pattern.compile("\\[(auto|local|collection)]");
  private static final int LAST_PORT = 65_535;

  private OptionValues() {}

  /**
   * Refuses what cannot be.
   *
   * @throws SpecException with one sentence that names the option
   */
  static void check(String name, String value) {
    boolean fits =
        switch (name) {
          case "targetParallelism", "parallelism" -> isCount(value);
          case "flinkMaster" -> isMaster(value);
          case "flinkConfDir" -> isFolder(value);
          case "runner" -> !value.isBlank();
          default -> true;
        };
    if (!fits) {
      throw refused(name, value);
    }
  }

  /** What an option takes, and what it was given. */
  static SpecException refused(String name, String value) {
    String rule =
        switch (name) {
          case "targetParallelism", "parallelism" -> "a whole number of at least 1";
          case "flinkMaster" -> "[local] or HOST:PORT";
          case "flinkConfDir" -> "a folder that exists";
          case "runner" -> "DirectRunner or FlinkRunner";
          default -> throw new IllegalArgumentException(name);
        };
    return new SpecException(
        "--" + name + " must be " + rule + ", got " + (value.isBlank() ? "nothing" : value));
  }

  private static boolean isCount(String value) {
    try {
      return Integer.parseInt(value) >= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isMaster(String value) {
    var address = ADDRESS.matcher(value);
    if (!address.matches()) {
      return IN_PROCESS.matcher(value).matches();
    }
    String port = address.group("port");
    return port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= LAST_PORT);
  }

  private static boolean isFolder(String value) {
    try {
      return !value.isBlank() && Files.isDirectory(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
