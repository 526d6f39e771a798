package io.ticketflow.math;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The eigenvalues of a small symmetric matrix, from the largest to the smallest, and their vectors,
 * by Jacobi's rotations (Golub &amp; Van Loan 2013, section 8.5). Plain arithmetic in a fixed
 * order: the same bits on every machine.
 *
 * @param vectors one a row, of length 1 and orthogonal; the entry of the largest magnitude, of
 *     equal ones the first, is positive
 */
public record SymmetricEigen(double[] values, double[][] vectors) {
  private static final int MOST_SWEEPS = 100;

  /**
   * Finds them.
   *
   * @param matrix n × n, symmetric and finite; its lower half is read
   * @throws IllegalArgumentException if it is not square, or if some entry is not finite
   */
  public static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][n];
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      if (matrix[i].length != n) {
        throw new IllegalArgumentException("row " + i + " of " + n + " has " + matrix[i].length);
      }
      vectors[i][i] = 1;
      for (int j = 0; j <= i; j++) {
        if (!Double.isFinite(matrix[i][j])) {
          throw new IllegalArgumentException("entry " + i + ", " + j + " is " + matrix[i][j]);
        }
        a[i][j] = matrix[i][j];
        a[j][i] = matrix[i][j];
      }
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, vectors); sweep++) {
      // what one rotation has made 0 a later one makes small
    }
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -a[i][i]));
    double[] values = new double[n];
    double[][] sorted = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = a[order[i]][order[i]];
      sorted[i] = signed(vectors[order[i]]);
    }
    return new SymmetricEigen(values, sorted);
  }

  /** Rotates every pair of axes once; whether any entry beside the diagonal still counted. */
  private static boolean rotateAll(double[][] a, double[][] vectors) {
    boolean rotated = false;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        if (Math.abs(a[p][q]) > Math.ulp(Math.abs(a[p][p]) + Math.abs(a[q][q]))) {
          rotate(a, vectors, p, q);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  /** Turns two axes until the matrix has 0 between them. */
  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    double moved = t * a[p][q];
    a[p][p] -= moved;
    a[q][q] += moved;
    a[p][q] = 0;
    a[q][p] = 0;
    for (int k = 0; k < a.length; k++) {
      if (k != p && k != q) {
        double kp = a[k][p];
        double kq = a[k][q];
        a[k][p] = c * kp - s * kq;
        a[p][k] = a[k][p];
        a[k][q] = s * kp + c * kq;
        a[q][k] = a[k][q];
      }
      double vp = vectors[p][k];
      double vq = vectors[q][k];
      vectors[p][k] = c * vp - s * vq;
      vectors[q][k] = s * vp + c * vq;
    }
  }

  private static double[] signed(double[] vector) {
    double largest = 0;
    for (double entry : vector) {
      largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
    }
    return largest < 0 ? Arrays.stream(vector).map(entry -> -entry).toArray() : vector;
  }
}
