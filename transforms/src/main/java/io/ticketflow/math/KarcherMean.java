package io.ticketflow.math;

import java.util.List;

/**
 * Karcher's mean of one tensor of several networks: of the directions w_i / ‖w_i‖ the mean on the
 * sphere, as long as the mean of the lengths. Of two networks it is the spherical interpolation at
 * 1/2 (Shoemake, SIGGRAPH 1985).
 *
 * <p>The mean m of directions u_i is where Σ log_m(u_i) is 0 (Karcher, 1977). The search begins at
 * the normalised mean and goes to exp_m of the mean of the log_m(u_i), until that is shorter than
 * 1e-10 or 100 steps are done. Every point of the search is a sum of the u_i, so all that it takes
 * of the tensors is their products. A tensor of zeros has no direction: its length of 0 alone
 * counts. Directions that cancel out have no mean: then the result is the mean of the arrays. In
 * double, in order, by {@link StrictMath}. For one thread.
 */
public final class KarcherMean {
  private static final double CLOSE = 1e-10;
  private static final int STEPS = 100;

  /** A mean of directions that is shorter is rounding, and no direction. */
  private static final double NOTHING = 1e-7;

  private final int copies;
  private final double[][] products;

  /**
   * @param copies how many networks there are, at least 1
   */
  public KarcherMean(int copies) {
    this.copies = copies;
    products = new double[copies][copies];
  }

  /**
   * Takes the tensor's next entries.
   *
   * @param values of each network; all finite
   */
  public void add(List<float[]> values) {
    for (int i = 0; i < copies; i++) {
      float[] a = values.get(i);
      for (int j = 0; j <= i; j++) {
        float[] b = values.get(j);
        double sum = products[i][j];
        for (int at = 0; at < a.length; at++) {
          sum += (double) a[at] * b[at];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
  }

  /** The share of each network's tensor in the mean; they need not sum to 1. */
  public double[] shares() {
    double[] lengths = new double[copies];
    double length = 0;
    for (int i = 0; i < copies; i++) {
      lengths[i] = StrictMath.sqrt(products[i][i]);
      length += lengths[i] / copies;
    }
    double[] mean = direction(cosines(lengths), lengths);
    double[] shares = new double[copies];
    for (int i = 0; i < copies; i++) {
      if (mean.length == 0) {
        shares[i] = 1.0 / copies;
      } else {
        shares[i] = lengths[i] == 0 ? 0 : length * mean[i] / lengths[i];
      }
    }
    return shares;
  }

  private double[][] cosines(double[] lengths) {
    double[][] cosines = new double[copies][copies];
    for (int i = 0; i < copies; i++) {
      for (int j = 0; j < copies && lengths[i] > 0; j++) {
        cosines[i][j] = lengths[j] == 0 ? 0 : products[i][j] / lengths[i] / lengths[j];
      }
    }
    return cosines;
  }

  /** The mean direction as a sum of the directions; empty if there is none. */
  private static double[] direction(double[][] cosines, double[] lengths) {
    double[] at = new double[lengths.length];
    int directions = 0;
    for (int i = 0; i < at.length; i++) {
      at[i] = lengths[i] > 0 ? 1 : 0;
      directions += lengths[i] > 0 ? 1 : 0;
    }
    double first = length(at, cosines);
    if (first <= NOTHING * directions) {
      return new double[0];
    }
    scale(at, 1 / first);
    for (int step = 0; step < STEPS; step++) {
      double[] tangent = tangent(at, cosines, lengths, directions);
      double way = length(tangent, cosines);
      if (way < CLOSE) {
        break;
      }
      double along = StrictMath.sin(way) / way;
      for (int i = 0; i < at.length; i++) {
        at[i] = StrictMath.cos(way) * at[i] + along * tangent[i];
      }
      scale(at, 1 / length(at, cosines));
    }
    return at;
  }

  /** The mean of the ways to all directions, in the plane that touches the sphere at a point. */
  private static double[] tangent(
      double[] at, double[][] cosines, double[] lengths, int directions) {
    double[] tangent = new double[at.length];
    double back = 0;
    for (int i = 0; i < at.length; i++) {
      if (lengths[i] > 0) {
        double cosine = 0;
        for (int j = 0; j < at.length; j++) {
          cosine += at[j] * cosines[j][i];
        }
        double factor = stretch(cosine) / directions;
        tangent[i] = factor;
        back += factor * cosine;
      }
    }
    for (int i = 0; i < at.length; i++) {
      tangent[i] -= back * at[i];
    }
    return tangent;
  }

  /** θ / sin θ of an angle by its cosine; the opposite point lies in no direction, and counts 0. */
  private static double stretch(double cosine) {
    if (cosine >= 1) {
      return 1;
    }
    double sine = StrictMath.sqrt((1 - cosine) * (1 + cosine));
    return cosine <= -1 || sine == 0 ? 0 : StrictMath.acos(cosine) / sine;
  }

  private static double length(double[] sum, double[][] cosines) {
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        square += sum[i] * sum[j] * cosines[i][j];
      }
    }
    return StrictMath.sqrt(Math.max(0, square));
  }

  private static void scale(double[] sum, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= factor;
    }
  }

  /**
   * Σ share·array, entry by entry, rounded to float once. Unlike {@link AffineCombination} it keeps
   * the sign of −0 that all arrays have.
   */
  public static float[] combined(double[] shares, List<float[]> arrays) {
    float[] combined = new float[arrays.get(0).length];
    for (int i = 0; i < combined.length; i++) {
      double sum = shares[0] * arrays.get(0)[i];
      for (int j = 1; j < shares.length; j++) {
        sum += shares[j] * arrays.get(j)[i];
      }
      combined[i] = (float) sum;
    }
    return combined;
  }
}
