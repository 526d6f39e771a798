package io.ticketflow.math;

import java.util.Arrays;
import java.util.List;

/**
 * The plane through networks θ_i, block by block: θ(x) = c + Σ x_i·P_i with c their mean and P_i =
 * θ_i − c (Li et al., ECCV 2024, section 3.2). Whatever x is, the shares of the networks sum to 1;
 * they may be negative. At x = 0 the point is {@link ExactMean}, bit for bit.
 */
public final class Hyperplane {
  private final List<float[]> networks;
  private final float[] centre;
  private final int[] blockOf;

  /**
   * @param networks at least one, all of one length; shared, not copied
   * @param blockOf the block of each entry, from 0
   */
  public Hyperplane(List<float[]> networks, int[] blockOf) {
    this.networks = networks;
    this.blockOf = blockOf;
    centre = ExactMean.of(networks);
  }

  /** Coefficients in all, of every network in every block: block by block. */
  public int coefficients() {
    return networks.size() * (1 + Arrays.stream(blockOf).max().orElse(0));
  }

  /**
   * The point of those coefficients: added in double to the centre, rounded to float once.
   *
   * @param x block by block, in each the networks in order
   */
  public float[] at(double[] x) {
    int count = networks.size();
    float[] point = centre.clone();
    for (int i = 0; i < point.length; i++) {
      double moved = 0;
      for (int j = 0; j < count; j++) {
        moved += x[blockOf[i] * count + j] * ((double) networks.get(j)[i] - centre[i]);
      }
      if (moved != 0) { // or −0 would become +0
        point[i] = (float) (centre[i] + moved);
      }
    }
    return point;
  }

  /**
   * P·g: the gradient in the coefficients of what has the gradient g in the point. In double, in
   * order.
   */
  public double[] project(float[] gradient) {
    int count = networks.size();
    double[] projected = new double[coefficients()];
    for (int i = 0; i < gradient.length; i++) {
      for (int j = 0; j < count; j++) {
        double along = (double) networks.get(j)[i] - centre[i];
        if (along != 0) { // where networks agree, a gradient that is not finite says nothing
          projected[blockOf[i] * count + j] += along * gradient[i];
        }
      }
    }
    return projected;
  }
}
