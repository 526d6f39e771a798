package io.ticketflow.learn.data.corrupt;

import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.FileDigest;
import io.ticketflow.store.NpyHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * An array that numpy wrote, of which any rows can be read alone (NEP 1, versions 1 to 3).
 *
 * @param type of its entries as numpy writes it, such as |u1
 * @param shape the first size is that of the rows
 * @param start of its entries, in bytes from the file's start
 */
record NpyFile(Path file, String type, List<Long> shape, long start) {
  /**
   * What a file's header says.
   *
   * @throws UserException naming the file, if it is not there, no array of numpy's, or shorter than
   *     its header says
   */
  static NpyFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw missing(file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      NpyHeader header = NpyHeader.read(in);
      NpyFile array = new NpyFile(file, header.descr(), header.shape(), header.bytes());
      long wanted = array.start + array.rows() * array.rowBytes();
      if (Files.size(file) < wanted) {
        throw UserException.of(
            "%s has %d bytes, but its header says %d: it was cut short.",
            file, Files.size(file), wanted);
      }
      return array;
    } catch (IOException e) {
      throw UserException.of("%s %s.", file, e.getMessage());
    }
  }

  /**
   * SHA-256 of a file, which need be no array.
   *
   * @throws UserException naming it, if it is missing or cannot be read
   */
  static String digest(Path file) {
    try {
      return FileDigest.known(file);
    } catch (NoSuchFileException e) {
      throw missing(file);
    } catch (IOException e) {
      throw UserException.of("%s cannot be read: %s.", file, Reason.of(e));
    }
  }

  private static UserException missing(Path file) {
    return UserException.of("There is no file %s.", file);
  }

  long rows() {
    return shape.isEmpty() ? 0 : shape.get(0);
  }

  private long rowBytes() {
    long bytes = entryBytes();
    for (long size : shape.subList(1, shape.size())) {
      bytes *= size;
    }
    return bytes;
  }

  /** Of one entry: the number at its type's end. */
  int entryBytes() {
    String size = type.replaceAll("\\D", "");
    return size.isEmpty() ? 1 : Integer.parseInt(size);
  }

  /** Some rows' entries, as they are in the file. */
  byte[] read(long from, int rows) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(rows * rowBytes())];
      in.seek(start + from * rowBytes());
      in.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw UserException.of("%s cannot be read: %s", file, e.getMessage());
    }
  }
}
