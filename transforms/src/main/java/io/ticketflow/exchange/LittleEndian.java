package io.ticketflow.exchange;

import io.ticketflow.math.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as bytes, the least significant first. */
public final class LittleEndian {
  private static final int BUFFER_BYTES = 1 << 16;

  private LittleEndian() {}

  /** Four bytes each. */
  public static void write(float[] values, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    for (int from = 0; from < values.length; from += BUFFER_BYTES / Float.BYTES) {
      int count = Math.min(BUFFER_BYTES / Float.BYTES, values.length - from);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(values, from, count);
      out.write(bytes, 0, Float.BYTES * count);
    }
  }

  /** Four bytes each. */
  static void write(int[] values, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    for (int from = 0; from < values.length; from += BUFFER_BYTES / Integer.BYTES) {
      int count = Math.min(BUFFER_BYTES / Integer.BYTES, values.length - from);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values, from, count);
      out.write(bytes, 0, Integer.BYTES * count);
    }
  }

  /** A byte an entry: 1 for those kept, else 0. */
  static void write(Mask mask, OutputStream out) throws IOException {
    byte[] bytes = new byte[Math.min(BUFFER_BYTES, mask.size())];
    for (int from = 0; from < mask.size(); from += bytes.length) {
      int count = Math.min(bytes.length, mask.size() - from);
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) (mask.keeps(from + i) ? 1 : 0);
      }
      out.write(bytes, 0, count);
    }
  }
}
