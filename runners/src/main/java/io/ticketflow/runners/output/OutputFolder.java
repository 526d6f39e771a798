package io.ticketflow.runners.output;

import io.ticketflow.spec.SpecException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An output folder that this process alone writes to, until it is closed or the process ends.
 *
 * <p>Folders that Ticketflow did not make are never written to.
 */
public final class OutputFolder implements AutoCloseable {
  private static final String EXPERIMENT = "experiment.yaml";
  private static final String LOCK = ".lock";

  /** How the experiment of an output folder begins, and no file of a user's. */
  private static final String HEADER = "# An output of Ticketflow: ";

  /** What a run makes before its experiment is whole: all else comes later. */
  private static final Set<String> BEGINNINGS = Set.of(LOCK, EXPERIMENT + ".tmp");

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  /** What this call made: the lock's file and folders, the deepest first. */
  private final List<Path> made;

  private OutputFolder(Path folder, FileChannel channel, FileLock lock, List<Path> made) {
    this.folder = folder;
    this.made = made;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * What has to be known before anything is read or written: whether the folder may be used.
   *
   * @throws SpecException if it is a file, or holds files that are not Ticketflow's
   */
  public static void check(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new SpecException(
          "The output " + folder + " is a file: name a folder with --output=DIR.");
    }
    if (Files.exists(folder)) {
      foreignEntry(folder)
          .ifPresent(
              entry -> {
                throw new SpecException(
                    "The output folder "
                        + folder
                        + " holds files that are not Ticketflow's ("
                        + entry
                        + "): name an empty or a new one with --output=DIR.");
              });
    }
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new SpecException(
          "The output folder " + folder + " cannot be made: " + existing + " is a file.");
    }
    if (!Files.isWritable(existing)) {
      throw new SpecException(
          "The output folder "
              + folder
              + " cannot be written: there is no permission to write in "
              + existing
              + ".");
    }
  }

  /**
   * Makes the folder if there is none, and locks it.
   *
   * @throws SpecException if another process holds it, or it cannot be written
   */
  public static OutputFolder claim(Path folder) {
    check(folder);
    List<Path> made = missing(folder);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        throw busy(folder, channel);
      }
      sign(channel);
      return new OutputFolder(folder, channel, lock, made);
    } catch (IOException e) {
      throw unwritable(folder, made, e);
    }
  }

  /** The lock's file and the folders that are not there yet, the deepest first. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    Path path = folder.toAbsolutePath().resolve(LOCK);
    while (path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      missing.add(path);
      path = path.getParent();
    }
    return missing;
  }

  /** Takes away what was made for nothing; folders that are not empty stay. */
  private static SpecException unwritable(Path folder, List<Path> made, IOException why) {
    try {
      for (Path path : made) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    return new SpecException(
        "The output folder " + folder + " cannot be written: " + FileReason.of(why));
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  public Path path() {
    return folder;
  }

  /** The resolved experiment that a folder holds; empty if it is new. */
  public static Optional<String> experimentOf(Path folder) throws IOException {
    Path file = folder.resolve(EXPERIMENT);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (CharacterCodingException e) {
      throw new SpecException(file + " is no text in UTF-8; it is not as Ticketflow wrote it.");
    }
  }

  /**
   * Writes the resolved experiment: the first file of every run, so also the proof that the folder
   * can be written.
   */
  public void writeExperiment(String version, String yaml) {
    String text = HEADER + "this experiment, resolved by version " + version + ".\n" + yaml;
    try {
      AtomicFile.write(folder.resolve(EXPERIMENT), text);
    } catch (IOException e) {
      throw unwritable(folder, made, e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }

  private static SpecException busy(Path folder, FileChannel channel) {
    String holder = "";
    try {
      ByteBuffer text = ByteBuffer.allocate(32);
      channel.read(text, 0);
      String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
      holder = pid.isEmpty() ? "" : " (process " + pid + ")";
      channel.close();
    } catch (IOException e) {
      // The sentence does without the number.
    }
    return new SpecException(
        "Another run is writing to the output folder "
            + folder
            + holder
            + ": wait for its end, or name another folder with --output=DIR.");
  }

  /** The lock covers a byte far behind the text, so that others can read who holds it. */
  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(pid), 0);
  }

  /**
   * The first entry of a folder that has no experiment of ours and more than a run's beginnings.
   */
  private static Optional<String> foreignEntry(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
      if (experimentOf(folder).filter(text -> text.startsWith(HEADER)).isPresent()) {
        return Optional.empty();
      }
      return names.stream().filter(name -> !BEGINNINGS.contains(name)).findFirst();
    } catch (IOException e) {
      throw new SpecException(
          "The output folder " + folder + " cannot be read: " + FileReason.of(e));
    }
  }
}
