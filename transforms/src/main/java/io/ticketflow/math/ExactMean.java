package io.ticketflow.math;

import io.ticketflow.kernel.Kernels;
import io.ticketflow.kernel.WideSums;
import java.nio.FloatBuffer;
import java.util.List;
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
  /** Entries whose sums stay in the first cache while all arrays are added. */
  private static final int BLOCK = 1 << 10;

  /** Arrays that are added in one pass over the sums. */
  private static final int ARRAYS = 4;

  /** Entries that one thread takes; arrays of more are shared out. */
  private static final int SHARE = 1 << 16;

  private final double[] sums;
  private final float[][] parts;

  private ExactMean(int block) {
    this.sums = new double[block];
    this.parts = new float[ARRAYS][block];
  }

  /**
   * The mean.
   *
   * @param arrays at least one, all of the same length; not changed
   */
  public static float[] of(List<float[]> arrays) {
    return ofStored(arrays.stream().map(FloatBuffer::wrap).toList());
  }

  /**
   * The mean of what lies in a file's bytes, say.
   *
   * @param arrays at least one, all of the same limit; not changed, nor are their positions
   */
  public static float[] ofStored(List<FloatBuffer> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no arrays");
    }
    int size = arrays.get(0).limit();
    for (FloatBuffer array : arrays) {
      if (array.limit() != size) {
        throw new IllegalArgumentException(
            "arrays of " + size + " and of " + array.limit() + " entries have no mean");
      }
    }
    float[] mean = new float[size];
    if (size <= SHARE) {
      of(arrays, mean, 0, size);
    } else {
      IntStream.rangeClosed(0, (size - 1) / SHARE)
          .parallel()
          .map(share -> share * SHARE)
          .forEach(from -> of(arrays, mean, from, Math.min(SHARE, size - from)));
    }
    return mean;
  }

  private static void of(List<FloatBuffer> arrays, float[] mean, int from, int count) {
    int lanes = Kernels.LANES;
    ExactMean block = new ExactMean(Math.min(BLOCK, (count + lanes - 1) / lanes * lanes));
    int end = from + count;
    for (int at = from; at < end; at += BLOCK) {
      block.add(arrays, mean, at, Math.min(BLOCK, end - at));
    }
  }

  private void add(List<FloatBuffer> arrays, float[] mean, int at, int count) {
    // Sums do not begin with 0: that would turn -0 into +0.
    int next = 0;
    for (; next + ARRAYS <= arrays.size(); next += ARRAYS) {
      for (int j = 0; j < ARRAYS; j++) {
        arrays.get(next + j).get(at, parts[j], 0, count);
      }
      if (next == 0) {
        WideSums.begin(sums, parts[0], parts[1], parts[2], parts[3]);
      } else {
        WideSums.add(sums, parts[0], parts[1], parts[2], parts[3]);
      }
    }
    if (next == 0) {
      arrays.get(0).get(at, parts[0], 0, count);
      WideSums.begin(sums, parts[0]);
      next = 1;
    }
    for (; next < arrays.size(); next++) {
      arrays.get(next).get(at, parts[0], 0, count);
      WideSums.add(sums, parts[0]);
    }
    WideSums.divide(sums, arrays.size(), parts[0]);
    System.arraycopy(parts[0], 0, mean, at, count);
  }
}
