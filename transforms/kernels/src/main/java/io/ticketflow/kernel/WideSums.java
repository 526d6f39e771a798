package io.ticketflow.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sums in double of floats that lie in bytes, little-endian, as files have them. With vectors or
 * without, the bits are the same: there is one addition an entry and array, in the arrays' order.
 *
 * <p>As many entries are added as {@code sums} has, a multiple of {@value Kernels#LANES}; array k's
 * begin at byte {@code places[k]}.
 */
public final class WideSums {
  /** How many arrays are added at once. */
  public static final int ARRAYS = 4;

  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final boolean VECTORS = KernelChoice.hasVectors();

  private WideSums() {}

  /**
   * Sums of no arrays: −0, as +0 would make +0 of arrays that are all −0.
   *
   * @param sums overwritten
   */
  public static void begin(double[] sums) {
    Arrays.fill(sums, -0.0);
  }

  /** {@code sums = (((sums + array k) + array k+1) + array k+2) + array k+3}. */
  public static void addFour(double[] sums, byte[][] arrays, int[] places, int k) {
    if (VECTORS) {
      WideVectors.addFour(sums, arrays, places, k);
      return;
    }
    for (int next = k; next < k + ARRAYS; next++) {
      add(sums, arrays, places, next);
    }
  }

  /** {@code sums = sums + array k}. */
  public static void add(double[] sums, byte[][] arrays, int[] places, int k) {
    if (VECTORS) {
      WideVectors.add(sums, arrays[k], places[k]);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += at(arrays[k], places[k], i);
    }
  }

  /**
   * {@code mean = sums / count}, rounded to float, from byte {@code at} on.
   *
   * @return whether all of them are finite
   */
  public static boolean divide(double[] sums, int count, byte[] mean, int at) {
    if (VECTORS) {
      return WideVectors.divide(sums, count, mean, at);
    }
    boolean finite = true;
    for (int i = 0; i < sums.length; i++) {
      float quotient = (float) (sums[i] / count);
      finite &= Float.isFinite(quotient);
      FLOAT.set(mean, at + Float.BYTES * i, quotient);
    }
    return finite;
  }

  private static float at(byte[] array, int place, int i) {
    return (float) FLOAT.get(array, place + Float.BYTES * i);
  }
}
