package io.ticketflow.learn.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/** The chunks of a PNG file and their checksums, which the JDK's decoder passes over. */
final class PngChunks {
  static final String FORMAT = "png";
  private static final int SIGNATURE = 8;
  private static final int BUFFER = 1 << 14;

  private PngChunks() {}

  /**
   * Checks that every chunk is whole, up to the one that ends the picture. Leaves the stream where
   * it was.
   *
   * @throws IOException if one is not
   */
  static void check(ImageInputStream in) throws IOException {
    walk(in, "");
  }

  /** The content of the first chunk of that type; empty if there is none. */
  static Optional<byte[]> find(ImageInputStream in, String wanted) throws IOException {
    return walk(in, wanted);
  }

  private static Optional<byte[]> walk(ImageInputStream in, String wanted) throws IOException {
    in.mark();
    try {
      in.seek(SIGNATURE);
      String type = "";
      while (!type.equals("IEND")) {
        long length = in.readUnsignedInt();
        byte[] name = new byte[4];
        in.readFully(name);
        type = new String(name, StandardCharsets.ISO_8859_1);
        if (type.equals(wanted)) {
          byte[] content = new byte[Math.toIntExact(Math.min(length, in.length()))];
          in.readFully(content);
          return Optional.of(content);
        }
        if (checksum(in, name, length) != in.readUnsignedInt()) {
          throw new IIOException("the checksum of its chunk " + type + " is wrong");
        }
      }
      return Optional.empty();
    } catch (EOFException e) {
      throw new IIOException("it is cut off", e);
    } finally {
      in.reset();
    }
  }

  private static long checksum(ImageInputStream in, byte[] name, long length) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(name);
    byte[] buffer = new byte[BUFFER];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      crc.update(buffer, 0, read);
      left -= read;
    }
    return crc.getValue();
  }
}
