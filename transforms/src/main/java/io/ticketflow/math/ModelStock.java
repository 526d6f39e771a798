package io.ticketflow.math;

import java.util.List;

/**
 * Model Stock of one tensor (Jang et al., ECCV 2024): between the mean of fine-tuned copies and
 * their anchor, the weights from which all of them set out, at the point that lies closest to the
 * centre of such copies.
 *
 * <p>With N copies w_i and anchor b, θ is the mean of cos(w_i − b, w_j − b) over all pairs i &lt;
 * j, and the share of the mean is t = N·θ / (1 + (N − 1)·θ). Two equal copies of any distance have
 * a cosine of 1; a copy that has not moved has a cosine of 1 with every other. A mean cosine below
 * 0, which the paper's geometry excludes, counts as 0: the result is then the anchor. So t lies in
 * 0 … 1. Sums are in double, in order. For one thread.
 */
public final class ModelStock {
  private final int copies;
  private final double[][] products;

  /**
   * @param copies N, at least 1
   */
  public ModelStock(int copies) {
    this.copies = copies;
    products = new double[copies][copies];
  }

  /**
   * Takes the tensor's next entries.
   *
   * @param values of each copy, as many as of the anchor; all finite
   */
  public void add(List<float[]> values, float[] anchor) {
    double[] moved = new double[copies];
    for (int at = 0; at < anchor.length; at++) {
      for (int i = 0; i < copies; i++) {
        moved[i] = (double) values.get(i)[at] - anchor[at];
        for (int j = 0; j <= i; j++) {
          products[i][j] += moved[i] * moved[j];
        }
      }
    }
  }

  /** The share of the mean, from 0 to 1; 1 of one copy. */
  public double share() {
    double sum = 0;
    int pairs = 0;
    for (int i = 1; i < copies; i++) {
      for (int j = 0; j < i; j++) {
        double lengths = Math.sqrt(products[i][i] * products[j][j]);
        sum += lengths == 0 ? 1 : Math.min(1, products[i][j] / lengths);
        pairs++;
      }
    }
    double cosine = pairs == 0 ? 1 : Math.max(0, sum / pairs);
    return copies * cosine / (1 + (copies - 1) * cosine);
  }

  /** t · mean + (1 − t) · anchor, entry by entry, rounded to float once; the mean itself at 1. */
  public static float[] between(float[] anchor, float[] mean, double share) {
    float[] result = mean.clone();
    if (share < 1) {
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) (share * mean[i] + (1 - share) * anchor[i]);
      }
    }
    return result;
  }
}
