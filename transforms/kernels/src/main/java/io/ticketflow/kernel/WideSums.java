package io.ticketflow.kernel;

/**
 * Sums of floats in double, entry by entry. With vectors or without, the bits are the same: there
 * is one addition an entry and array, in the arrays' order. Arrays are of one length, a multiple of
 * {@value Kernels#LANES}.
 */
public final class WideSums {
  private static final boolean VECTORS = KernelChoice.hasVectors();

  private WideSums() {}

  /** {@code sums = a}, which keeps −0 and NaN. */
  public static void begin(double[] sums, float[] a) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = a[i];
    }
  }

  /** {@code sums = ((a + b) + c) + d}. */
  public static void begin(double[] sums, float[] a, float[] b, float[] c, float[] d) {
    if (VECTORS) {
      WideVectors.begin(sums, a, b, c, d);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (double) a[i] + b[i] + c[i] + d[i];
    }
  }

  /** {@code sums = (((sums + a) + b) + c) + d}. */
  public static void add(double[] sums, float[] a, float[] b, float[] c, float[] d) {
    if (VECTORS) {
      WideVectors.add(sums, a, b, c, d);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i] + a[i] + b[i] + c[i] + d[i];
    }
  }

  /** {@code sums = sums + a}. */
  public static void add(double[] sums, float[] a) {
    if (VECTORS) {
      WideVectors.add(sums, a);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i];
    }
  }

  /** {@code mean = sums / count}, rounded to float. */
  public static void divide(double[] sums, int count, float[] mean) {
    if (VECTORS) {
      WideVectors.divide(sums, count, mean);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      mean[i] = (float) (sums[i] / count);
    }
  }
}
