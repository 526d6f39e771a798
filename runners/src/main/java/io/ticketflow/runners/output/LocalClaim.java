package io.ticketflow.runners.output;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of this machine's file systems, under a lock that ends with the process. */
final class LocalClaim implements Claim {
  private static final String LOCK = OutputFolder.LOCK;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  /** What this call made: the lock's file and folders, the deepest first. */
  private final List<Path> made;

  private LocalClaim(Path folder, FileChannel channel, FileLock lock, List<Path> made) {
    this.folder = folder;
    this.made = made;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * What has to be known before anything is read or written: whether the folder may be used.
   *
   * @throws UserException if it is a file, or holds files that are not Ticketflow's
   */
  static void check(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw UserException.of("The output %s is a file: name a folder with --output=DIR.", folder);
    }
    if (Files.exists(folder)) {
      foreignEntry(folder)
          .ifPresent(
              entry -> {
                throw OutputFolder.foreign(Location.of(folder), entry);
              });
    }
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw UserException.of(
          "The output folder %s cannot be made: %s is a file.", folder, existing);
    }
    if (!Files.isWritable(existing)) {
      throw UserException.of(
          "The output folder %s cannot be written: there is no permission to write in %s.",
          folder, existing);
    }
  }

  /**
   * Makes the folder if there is none, and locks it.
   *
   * @throws UserException if another process holds it, or it cannot be written
   */
  static LocalClaim claim(Path folder) {
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
      FileLock lock = lock(channel, false);
      if (lock == null) {
        throw busy(folder, channel);
      }
      sign(channel);
      return new LocalClaim(folder, channel, lock, made);
    } catch (IOException e) {
      throw unwritable(folder, made, e);
    }
  }

  /** Whether a process holds the folder. A lock to ask with is shared, and gone at once. */
  static boolean isHeld(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.READ);
        FileLock asked = lock(channel, true)) {
      return asked == null;
    } catch (NoSuchFileException e) {
      return false;
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

  @Override
  public UserException unwritable(IOException why) {
    return unwritable(folder, made, why);
  }

  /** Takes away what was made for nothing; folders that are not empty stay. */
  private static UserException unwritable(Path folder, List<Path> made, IOException why) {
    try {
      for (Path path : made) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    return UserException.of(
        "The output folder %s cannot be written: %s", folder, FileReason.of(why));
  }

  private static @Nullable FileLock lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, shared);
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }

  private static UserException busy(Path folder, FileChannel channel) {
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
    return UserException.of(
        "Another run is writing to the output folder %s%s: wait for its end, or name "
            + "another folder with --output=DIR.",
        folder, holder);
  }

  /** The lock covers a byte far behind the text, so that others can read who holds it. */
  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(pid), 0);
  }

  private static Optional<String> foreignEntry(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      return OutputFolder.isOurs(Location.of(folder))
          ? Optional.empty()
          : OutputFolder.foreign(names);
    } catch (IOException e) {
      throw UserException.of("The output folder %s cannot be read: %s", folder, FileReason.of(e));
    }
  }
}
