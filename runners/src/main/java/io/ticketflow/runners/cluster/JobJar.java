package io.ticketflow.runners.cluster;

import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.store.FileDigest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The jar with the classes of jobs, which clusters lack or have.
 *
 * <p>A process that has them on its class path loads and compiles them once, and not for each job
 * anew. There the file's name tells its content, so that a job of another build brings its own.
 */
public final class JobJar {
  /** Set by bin/ticketflow: a copy that later builds do not touch. */
  public static final String PROPERTY = "ticketflow.job.jar";

  private static final String NAME = "ticketflow-job-";
  private static final String ENDING = ".jar";

  private JobJar() {}

  /** The one of this build, if it is known; it need not be there. */
  public static Optional<Path> own() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  /**
   * Whether a class path has this very jar.
   *
   * @param classPath of a cluster's process: jars and folders
   * @throws IOException if the jar cannot be read
   */
  public static boolean isOn(List<String> classPath, Path jar) throws IOException {
    List<String> candidates =
        classPath.stream()
            .map(entry -> entry.substring(entry.lastIndexOf('/') + 1))
            .filter(name -> name.startsWith(NAME))
            .toList();
    return !candidates.isEmpty() && candidates.contains(named(jar));
  }

  private static String named(Path jar) throws IOException {
    return NAME + FileDigest.of(jar) + ENDING;
  }

  /** Puts a jar into a folder: as a second name of the same file where that can be. */
  static void put(Path jar, Path folder) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve(named(jar)), unfinished -> place(jar, unfinished));
  }

  private static void place(Path jar, Path file) throws IOException {
    try {
      Files.createLink(file, jar.toRealPath());
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(jar, file);
    }
  }
}
