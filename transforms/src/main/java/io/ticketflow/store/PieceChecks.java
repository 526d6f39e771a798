package io.ticketflow.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Checks of an artifact's plain form, piece by piece, made while it is written. A piece is a
 * quarter of a MiB, the last one what is left.
 *
 * <p>The check is CRC-32C. Of errors by chance it misses one in four billion, at a fiftieth of what
 * SHA-256 costs; against intent there is {@link ArtifactStore#verify}.
 */
final class PieceChecks {
  /** Bytes of a piece. */
  static final int PIECE = 1 << 18;

  private final CRC32C crc = new CRC32C();
  private final ByteArrayOutputStream ended = new ByteArrayOutputStream();
  private int bytes;

  /** How many pieces so many bytes have. */
  static long pieces(long bytes) {
    return (bytes + PIECE - 1) / PIECE;
  }

  /** The check of one piece. */
  static int of(byte[] piece, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(piece, from, length);
    return (int) crc.getValue();
  }

  void add(byte[] buffer, int from, int length) {
    int end = from + length;
    for (int at = from; at < end; ) {
      int count = Math.min(end - at, PIECE - bytes);
      crc.update(buffer, at, count);
      bytes += count;
      at += count;
      if (bytes == PIECE) {
        end();
      }
    }
  }

  /** Of all pieces, as {@code ArtifactRef} has them; the last one ends. */
  ByteBuffer checks() {
    if (bytes > 0) {
      end();
    }
    return ByteBuffer.wrap(ended.toByteArray());
  }

  private void end() {
    byte[] check = new byte[Integer.BYTES];
    ByteBuffer.wrap(check).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue());
    ended.writeBytes(check);
    crc.reset();
    bytes = 0;
  }
}
