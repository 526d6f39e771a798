package io.ticketflow.runners.output;

import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * An output that this process alone writes to, until it is closed or the process ends.
 *
 * <p>Folders that Ticketflow did not make are never written to.
 */
public final class OutputFolder implements AutoCloseable {
  static final String LOCK = ".lock";

  /** How the experiment of an output begins, and no file of a user's. */
  private static final String HEADER = "# An output of Ticketflow: ";

  /** What a run makes before its experiment is whole: all else comes later. */
  private static final Set<String> BEGINNINGS = Set.of(LOCK, StoredExperiment.FILE + ".tmp");

  private final Location location;
  private final Claim claim;

  private OutputFolder(Location location, Claim claim) {
    this.location = location;
    this.claim = claim;
  }

  /**
   * What has to be known before anything is read or written: whether the output may be used.
   *
   * @throws UserException if it is a file, holds files that are not Ticketflow's, or cannot be
   *     reached
   */
  public static void check(Location location) {
    Optional<Path> folder = location.folder();
    if (folder.isPresent()) {
      LocalClaim.check(folder.get());
    } else {
      RemoteClaim.check(location);
    }
  }

  /**
   * Makes the output if there is none, and locks it.
   *
   * @throws UserException if another process holds it, or it cannot be written
   */
  public static OutputFolder claim(Location location) {
    Optional<Path> folder = location.folder();
    return new OutputFolder(
        location,
        folder.isPresent() ? LocalClaim.claim(folder.get()) : RemoteClaim.claim(location));
  }

  /** Whether a process holds it now. Reads only. */
  public static boolean isHeld(Location location) throws IOException {
    Optional<Path> folder = location.folder();
    return folder.isPresent() ? LocalClaim.isHeld(folder.get()) : RemoteClaim.isHeld(location);
  }

  public Location location() {
    return location;
  }

  /**
   * Refuses a place without an output.
   *
   * @throws UserException if there is none
   */
  public static void require(Location location) throws IOException {
    if (StoredExperiment.text(location).isEmpty()) {
      throw UserException.of("There is no output of Ticketflow in %s.", location);
    }
  }

  /**
   * Writes the resolved experiment: the first file of every run, so also the proof that the output
   * can be written.
   */
  public void writeExperiment(String version, String yaml) {
    String text = HEADER + "this experiment, resolved by version " + version + ".\n" + yaml;
    try {
      AtomicFile.write(location, StoredExperiment.FILE, text);
    } catch (IOException e) {
      throw claim.unwritable(e);
    }
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }

  /** Whether the output has an experiment that Ticketflow wrote. */
  static boolean isOurs(Location location) throws IOException {
    return StoredExperiment.text(location).filter(text -> text.startsWith(HEADER)).isPresent();
  }

  /** The first of those names that is more than a run's beginnings. */
  static Optional<String> foreign(Collection<String> names) {
    return names.stream().sorted().filter(name -> !BEGINNINGS.contains(name)).findFirst();
  }

  static UserException foreign(Location location, String name) {
    return UserException.of(
        "The output folder %s holds files that are not Ticketflow's (%s): name an "
            + "empty or a new one with --output=DIR.",
        location, name);
  }
}
