package io.ticketflow.store;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Streams of local files that use the heap alone.
 *
 * <p>The streams of {@link Files} copy through memory outside the heap, which each thread keeps.
 * Threads of the common pool forget it after every task, so a mean of large networks would fill the
 * JVM's allowance of it, and the JVM would collect its whole heap, again and again.
 */
final class HeapStreams {
  private HeapStreams() {}

  /** Throws as {@link Files#newInputStream} does. */
  static InputStream open(Path file) throws IOException {
    // The stream itself says "not found" of whatever is wrong.
    file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
    return new FileInputStream(file.toFile());
  }

  /** Onto a new file. Throws as {@link Files#createFile} does, so also if there is one. */
  static OutputStream create(Path file) throws IOException {
    Files.createFile(file);
    // Appending: a file that is opened to be cut off, ext4 writes to the disk on closing it.
    return new FileOutputStream(file.toFile(), true);
  }
}
