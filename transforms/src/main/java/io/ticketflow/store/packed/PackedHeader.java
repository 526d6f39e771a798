package io.ticketflow.store.packed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * The header of a packed file.
 *
 * @param plain that of the same file without its codec
 * @param sync the marker that ends each block
 * @param size bytes of the packed file's header
 */
record PackedHeader(byte[] plain, byte[] sync, int size) {
  /** So many bytes of a file's beginning hold all of its header. */
  static final int MAX_BYTES = 1 << 16;

  /**
   * Reads a file's beginning, which is not trusted.
   *
   * @return empty if it is not that of an Avro file by deflate
   */
  static Optional<PackedHeader> of(byte[] beginning) {
    try {
      return read(new ByteArrayInputStream(beginning), beginning.length);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<PackedHeader> read(ByteArrayInputStream in, int length)
      throws IOException {
    if (!Arrays.equals(bytes(in, DataFileConstants.MAGIC.length), DataFileConstants.MAGIC)) {
      return Optional.empty();
    }
    Decoder numbers = DecoderFactory.get().directBinaryDecoder(in, null);
    long entries = numbers.readLong();
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    BinaryEncoder copy = EncoderFactory.get().directBinaryEncoder(others, null);
    String codec = DataFileConstants.NULL_CODEC;
    for (long entry = 0; entry < entries; entry++) {
      byte[] key = bytes(in, numbers.readLong());
      byte[] value = bytes(in, numbers.readLong());
      if (text(key).equals(DataFileConstants.CODEC)) {
        codec = text(value);
      } else {
        copy.writeBytes(key);
        copy.writeBytes(value);
      }
    }
    if (!codec.equals(DataFileConstants.DEFLATE_CODEC) || numbers.readLong() != 0) {
      return Optional.empty();
    }
    byte[] sync = bytes(in, DataFileConstants.SYNC_SIZE);
    return Optional.of(
        new PackedHeader(
            plain(entries - 1, others.toByteArray(), sync), sync, length - in.available()));
  }

  private static byte[] plain(long entries, byte[] encoded, byte[] sync) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(plain, null);
    out.writeFixed(DataFileConstants.MAGIC);
    out.writeLong(entries);
    out.writeFixed(encoded);
    out.writeLong(0);
    out.writeFixed(sync);
    return plain.toByteArray();
  }

  /** Makes room only for what is there: a damaged count may be any. */
  private static byte[] bytes(ByteArrayInputStream in, long count) throws EOFException {
    if (count < 0 || count > in.available()) {
      throw new EOFException();
    }
    byte[] bytes = new byte[(int) count];
    in.readNBytes(bytes, 0, bytes.length);
    return bytes;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
