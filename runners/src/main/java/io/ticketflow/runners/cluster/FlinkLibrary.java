package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jars that the processes of a cluster run, which the build gathers. */
final class FlinkLibrary {
  private static final String PROPERTY = "ticketflow.flink";

  private FlinkLibrary() {}

  /**
   * A class path of all of them.
   *
   * @throws UserException if they are not there
   */
  static String classPath() {
    Path lib = Path.of(System.getProperty(PROPERTY, "runners/target/flink"), "lib");
    if (!Files.isDirectory(lib)) {
      throw UserException.of(
          "Flink's jars are not in %s: start by bin/ticketflow, whose build puts them there.",
          lib.toAbsolutePath());
    }
    return lib.toAbsolutePath().resolve("*").toString();
  }
}
