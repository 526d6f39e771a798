package io.ticketflow.exchange;

import java.nio.ByteBuffer;

/** Numbers of any type as single precision. */
final class FloatDecoder {
  /** Whole numbers up to here are exact in single precision. */
  private static final long EXACT = 1 << 24;

  private FloatDecoder() {}

  /**
   * Reads numbers from a buffer, which is little-endian. Double precision is rounded to the
   * nearest.
   *
   * @throws IllegalArgumentException in a clause without subject, if a number has no place in
   *     single precision: a whole one beyond ±2^24, a finite one that would become infinite, a
   *     truth value that is neither 0 nor 1
   */
  static void decode(Dtype dtype, ByteBuffer in, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] =
          switch (dtype) {
            case F64 -> narrow(in.getDouble());
            case F32 -> in.getFloat();
            case F16 -> half(in.getShort());
            case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
            case I64 -> whole(in.getLong());
            case I32 -> whole(in.getInt());
            case I16 -> in.getShort();
            case I8 -> in.get();
            case U8 -> in.get() & 0xFF;
            case BOOL -> truth(in.get());
          };
    }
  }

  private static float narrow(double value) {
    float narrowed = (float) value;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
      throw new IllegalArgumentException("holds " + value + ", too large for single precision");
    }
    return narrowed;
  }

  /** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float sign = bits < 0 ? -1f : 1f;
    if (exponent == 0) {
      return sign * fraction * 0x1p-24f;
    }
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * Math.scalb(1f + fraction * 0x1p-10f, exponent - 15);
  }

  private static float whole(long value) {
    if (value > EXACT || value < -EXACT) {
      throw new IllegalArgumentException("holds " + value + ", which single precision cannot hold");
    }
    return value;
  }

  private static float truth(byte value) {
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("holds the byte " + value + " as a truth value");
    }
    return value;
  }
}
