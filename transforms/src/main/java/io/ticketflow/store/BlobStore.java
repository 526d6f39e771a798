package io.ticketflow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

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
   * Makes a file unless there is one: of several writers the first wins.
   *
   * @return whether this call made the file
   */
  boolean create(String path, IoConsumer<OutputStream> content) throws IOException;

  /** Gives a file another name, in place of any that had it. */
  void move(String from, String to) throws IOException;

  boolean exists(String path) throws IOException;

  /**
   * Bytes of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  long size(String path) throws IOException;

  /**
   * Paths of all files below a folder, at any depth, in ascending order; empty if there is none.
   */
  List<String> list(String folder) throws IOException;

  /** Removes a file if there is one. */
  void delete(String path) throws IOException;
}
