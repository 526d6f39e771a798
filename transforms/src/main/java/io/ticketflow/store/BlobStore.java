package io.ticketflow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Files by name: all that the store asks of a file system, so that another kind of storage takes
 * one class.
 *
 * <p>Paths are relative to the store's root, with forward slashes, and cannot leave it: an absolute
 * path, a backslash, and empty, {@code .} or {@code ..} steps are an {@link
 * IllegalArgumentException}. A file is seen whole or not at all. Every {@link IOException} names
 * its file. Implementations are safe for use by several threads and processes at once.
 */
public interface BlobStore {
  /**
   * The bytes of a file; the caller closes them.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  InputStream open(String path) throws IOException;

  /** Makes a file of what {@code content} writes, in place of any that was there. */
  void write(String path, IoConsumer<OutputStream> content) throws IOException;

  /**
   * Makes a file unless there is one: of several writers the first wins. Object stores cannot
   * promise that to writers within the same instant: there the last one's file stays, and several
   * are told that they made it. So what is created must not depend on who creates it.
   *
   * @return whether this call made the file
   */
  boolean create(String path, IoConsumer<OutputStream> content) throws IOException;

  /**
   * Makes a file whose name is known when its content is, in place of any that was there.
   *
   * @param path asked for once all is written
   */
  default void writeNamed(IoConsumer<OutputStream> content, Supplier<String> path)
      throws IOException {
    String temporary = "tmp/unnamed." + UUID.randomUUID();
    write(temporary, content);
    try {
      move(temporary, path.get());
    } finally {
      delete(temporary);
    }
  }

  /**
   * Gives a file another name, in place of any that had it. Where the storage knows no renaming the
   * file has both names for a moment.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  void move(String from, String to) throws IOException;

  /**
   * Makes a file of another store's file of that path, in place of any that was there.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  default void copy(BlobStore from, String path) throws IOException {
    write(
        path,
        out -> {
          try (InputStream in = from.open(path)) {
            in.transferTo(out);
          }
        });
  }

  /** Whether there is a file of that path. */
  boolean exists(String path) throws IOException;

  /**
   * Bytes of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  long size(String path) throws IOException;

  /** Paths of all files, at any depth, in ascending order. */
  List<String> list() throws IOException;

  /**
   * Paths of all files below a folder, at any depth, in ascending order; empty if there is none.
   */
  List<String> list(String folder) throws IOException;

  /** Removes a file if there is one. */
  void delete(String path) throws IOException;
}
