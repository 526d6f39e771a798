package io.ticketflow.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The mean of float arrays, entry by entry: added in double in the list's order, divided by their
 * number, rounded to float once.
 *
 * <p>Whoever averages sorts first and averages all at once; then the result has the same bits
 * however its parts came together. Before the one rounding to float the error is below N · 2^-53
 * times the mean of the absolute values, and nothing overflows. Where the entries' exponents lie
 * within 29 − log2 N of each other the sum is exact, and for N a power of two the result is then
 * the exact mean, correctly rounded. The mean of one array is that array, −0 included. An entry is
 * finite just where it is finite in all arrays.
 */
public final class ExactMean {
  /** Entries that one thread takes; arrays of more are shared out. */
  private static final int SHARE = 1 << 16;

  private ExactMean() {}

  /**
   * The mean.
   *
   * @param arrays at least one, all of the same length; not changed
   */
  public static float[] of(List<float[]> arrays) {
    int size = size(arrays, array -> array.length);
    MeanBlock block = MeanBlock.of(size);
    byte[][] parts = new byte[arrays.size()][block.bytes()];
    List<FloatBuffer> floats = Arrays.stream(parts).map(ExactMean::floats).toList();
    byte[] part = new byte[block.bytes()];
    float[] mean = new float[size];
    for (int at = 0; at < size; at += block.entries()) {
      int count = Math.min(block.entries(), size - at);
      for (int k = 0; k < parts.length; k++) {
        floats.get(k).put(0, arrays.get(k), at, count);
      }
      block.mean(parts, new int[parts.length], part, 0);
      floats(part).get(0, mean, at, count);
    }
    return mean;
  }

  /**
   * The mean of floats where they lie. Large arrays are shared out among the processors.
   *
   * @param arrays at least one, all of the same limit, little-endian, of bytes on the heap; not
   *     changed, nor are their positions
   * @param mean its first bytes are overwritten, as many as an array has
   * @return whether all of the mean is finite
   */
  public static boolean ofStored(List<ByteBuffer> arrays, byte[] mean) {
    int size = size(arrays, array -> array.limit() / Float.BYTES);
    byte[][] all = arrays.stream().map(ByteBuffer::array).toArray(byte[][]::new);
    int[] begins = arrays.stream().mapToInt(ByteBuffer::arrayOffset).toArray();
    IntStream shares = IntStream.rangeClosed(0, Math.max(0, size - 1) / SHARE);
    return (size > SHARE ? shares.parallel() : shares)
            .map(
                share ->
                    share(all, begins, mean, share * SHARE, Math.min(size, (share + 1) * SHARE)))
            .sum()
        == 0;
  }

  /** Of entries {@code from … end - 1}; how many of their blocks have what is not finite. */
  private static int share(byte[][] arrays, int[] begins, byte[] mean, int from, int end) {
    MeanBlock block = MeanBlock.of(end - from);
    int others = 0;
    int[] places = new int[begins.length];
    int at = from;
    for (; at + block.entries() <= end; at += block.entries()) {
      int first = at * Float.BYTES;
      for (int k = 0; k < places.length; k++) {
        places[k] = begins[k] + first;
      }
      others += block.mean(arrays, places, mean, first) ? 0 : 1;
    }
    int left = (end - at) * Float.BYTES;
    if (left > 0) { // of no whole block: zeros behind it
      byte[][] parts = new byte[arrays.length][block.bytes()];
      for (int k = 0; k < parts.length; k++) {
        System.arraycopy(arrays[k], begins[k] + at * Float.BYTES, parts[k], 0, left);
      }
      byte[] part = new byte[block.bytes()];
      others += block.mean(parts, new int[parts.length], part, 0) ? 0 : 1;
      System.arraycopy(part, 0, mean, at * Float.BYTES, left);
    }
    return others;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static <T> int size(List<T> arrays, ToIntFunction<T> sizeOf) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no arrays");
    }
    int size = sizeOf.applyAsInt(arrays.get(0));
    for (T array : arrays) {
      if (sizeOf.applyAsInt(array) != size) {
        throw new IllegalArgumentException(
            "arrays of " + size + " and of " + sizeOf.applyAsInt(array) + " entries have no mean");
      }
    }
    return size;
  }
}
