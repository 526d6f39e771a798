package io.ticketflow.runners.cluster;

import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a cluster keeps its configuration, logs, process numbers and temporary files.
 *
 * @param path absolute
 */
public record ClusterFolder(Path path) {
  public ClusterFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The user's own, in the home folder. */
  public static ClusterFolder standard() {
    return new ClusterFolder(Path.of(System.getProperty("user.home"), ".ticketflow", "cluster"));
  }

  Path conf() {
    return path.resolve("conf");
  }

  Path configuration() {
    return conf().resolve("config.yaml");
  }

  Path logging() {
    return conf().resolve("log4j.properties");
  }

  /** Classes of jobs, beside Flink's own jars. */
  Path lib() {
    return path.resolve("lib");
  }

  public Path log() {
    return path.resolve("log");
  }

  /** The logs of the cluster before this one. */
  Path logBefore() {
    return path.resolve("log-before");
  }

  Path pids() {
    return path.resolve("pids");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  /** Whether a start makes it before the configuration, and may be killed then. */
  private boolean isBeginning(Path entry) {
    return Set.of(
            path, path.resolve(ClusterLock.NAME), conf(), AtomicFile.unfinished(configuration()))
        .contains(entry);
  }

  /**
   * Refuses a folder in which a cluster would write over somebody else's files.
   *
   * @throws UserException with one sentence that names it
   */
  void check() throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UserException("--folder must name a folder, got the file " + path);
    }
    if (FlinkSettings.areOurs(configuration()) || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path)) {
      if (!entries.allMatch(this::isBeginning)) {
        throw UserException.of(
            "The folder %s holds files that are no cluster's: name another with --folder.", path);
      }
    }
  }
}
