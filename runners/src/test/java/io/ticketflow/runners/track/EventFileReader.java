package io.ticketflow.runners.track;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an event file by the descriptions of TFRecord and of Protocol Buffers alone, with a CRC
 * computed bit by bit.
 */
record EventFileReader(String version, List<Scalar> scalars) {
  private static final int CASTAGNOLI = 0x82f63b78;

  static EventFileReader of(byte[] file) {
    String version = "";
    List<Scalar> scalars = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] header = take(in, 8);
      check(header, in.getInt());
      long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
      byte[] message = take(in, Math.toIntExact(length));
      check(message, in.getInt());
      ByteBuffer event = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
      long step = 0;
      while (event.hasRemaining()) {
        int key = (int) varint(event);
        switch (key) {
          case 2 << 3 -> step = varint(event);
          case 3 << 3 | 2 -> version = new String(bytes(event), StandardCharsets.UTF_8);
          case 5 << 3 | 2 -> scalars.add(summary(bytes(event), step));
          default -> throw new AssertionError("a field of key " + key);
        }
      }
    }
    return new EventFileReader(version, scalars);
  }

  private static Scalar summary(byte[] summary, long step) {
    ByteBuffer in = ByteBuffer.wrap(summary).order(ByteOrder.LITTLE_ENDIAN);
    if (varint(in) != (1 << 3 | 2)) {
      throw new AssertionError("a summary without a value");
    }
    ByteBuffer value = ByteBuffer.wrap(bytes(in)).order(ByteOrder.LITTLE_ENDIAN);
    String tag = "";
    float number = Float.NaN;
    while (value.hasRemaining()) {
      int key = (int) varint(value);
      switch (key) {
        case 1 << 3 | 2 -> tag = new String(bytes(value), StandardCharsets.UTF_8);
        case 2 << 3 | 5 -> number = value.getFloat();
        default -> throw new AssertionError("a field of key " + key);
      }
    }
    return new Scalar(tag, step, number);
  }

  private static byte[] bytes(ByteBuffer in) {
    return take(in, Math.toIntExact(varint(in)));
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static void check(byte[] bytes, int masked) {
    int crc = -1;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CASTAGNOLI;
      }
    }
    crc = ~crc;
    if ((crc >>> 15 | crc << 17) + 0xa282ead8 != masked) {
      throw new AssertionError("a checksum does not fit");
    }
  }
}
