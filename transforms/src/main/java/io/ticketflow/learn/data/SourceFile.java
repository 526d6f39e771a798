package io.ticketflow.learn.data;

import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A binary file read from front to back, unpacked if its name ends in {@code .gz}. Whatever is
 * wrong with it is a {@link UserException} of one sentence that names it.
 */
final class SourceFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final InputStream in;
  private long position;

  private SourceFile(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  static SourceFile open(Path path) {
    InputStream raw = null;
    try {
      raw = Files.newInputStream(path);
      InputStream unpacked =
          path.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw;
      return new SourceFile(path, new BufferedInputStream(unpacked, BUFFER));
    } catch (IOException e) {
      closeQuietly(raw);
      throw unreadable(path, e);
    }
  }

  Path path() {
    return path;
  }

  /** The next four bytes, the most significant first. */
  int readInt() {
    return ByteBuffer.wrap(readBytes(Integer.BYTES)).getInt();
  }

  int readUnsignedByte() {
    return readBytes(1)[0] & 0xFF;
  }

  /** The next bytes, exactly that many; room for them is taken as they come. */
  byte[] readBytes(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      advance(bytes.length, count);
      return bytes;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Reads exactly that many bytes; a file that ends before is truncated. */
  void readFully(byte[] into, int offset, int length) {
    try {
      advance(in.readNBytes(into, offset, length), length);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void advance(int read, int wanted) {
    position += read;
    if (read < wanted) {
      throw UserException.of(
          "%s is truncated: it ends after %s bytes%s", path, position, unpacked());
    }
  }

  /** Checks that the file ends here. */
  void end() {
    int next;
    try {
      next = in.read();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    if (next >= 0) {
      throw UserException.of(
          "%s is too long: it goes on after its %s bytes%s", path, position, unpacked());
    }
  }

  private String unpacked() {
    return path.toString().endsWith(".gz") ? " of unpacked content" : "";
  }

  @Override
  public void close() {
    closeQuietly(in);
  }

  static UserException unreadable(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new UserException(path + " does not exist");
    }
    if (e instanceof ZipException) {
      return UserException.of("%s is not a sound gzip file: %s", path, e.getMessage());
    }
    if (e instanceof EOFException) {
      return new UserException(path + " is truncated: its gzip stream has no end");
    }
    return UserException.of("%s cannot be read: %s", path, Reason.of(e));
  }

  private static void closeQuietly(@Nullable InputStream stream) {
    if (stream == null) {
      return;
    }
    try {
      stream.close();
    } catch (IOException ignored) {
      // All that was asked of the stream has been read.
    }
  }
}
