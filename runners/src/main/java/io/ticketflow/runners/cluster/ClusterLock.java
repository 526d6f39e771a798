package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to start and stop processes of a folder: one command has it at a time. */
final class ClusterLock {
  static final String NAME = ".lock";

  private ClusterLock() {}

  /** What is done under the lock. */
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Does it; makes the folder if there is none.
   *
   * @throws UserException if another command has the lock
   */
  static <T> T holding(ClusterFolder folder, Work<T> work)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.path());
    try (FileChannel channel =
        FileChannel.open(
            folder.path().resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock(channel) == null) {
        throw UserException.of(
            "Another command starts or stops the cluster in %s: wait for its end.", folder.path());
      }
      return work.run();
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }
}
