package io.ticketflow.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The plane through networks θ_i, block by block: θ(x) = c + Σ x_i·P_i with c their mean and P_i =
 * θ_i − c (Li et al., ECCV 2024, section 3.2). Whatever x is, the shares of the networks sum to 1;
 * they may be negative. At x = 0 the point is {@link ExactMean}, bit for bit.
 */
public final class Hyperplane {
  /** Places at a time, so that what they are moved by stays in the first cache. */
  private static final int CHUNK = 2048;

  private final float[] centre;
  private final int networks;
  private final int blocks;

  /** The entries in which a network differs from the centre, ascending; no others ever move. */
  private final int[] places;

  /** The centre's values in these entries. */
  private final float[] base;

  /** Each network's values in them. */
  private final float[][] moving;

  private final List<Run> runs = new ArrayList<>();

  /** The places from … to − 1, which are of one block. */
  private record Run(int block, int from, int to) {}

  /**
   * @param networks at least one, all of one length; not kept
   * @param blockOf the block of each entry, from 0
   */
  public Hyperplane(List<float[]> networks, int[] blockOf) {
    this.networks = networks.size();
    centre = ExactMean.of(networks);
    blocks = 1 + Arrays.stream(blockOf).max().orElse(0);
    places = IntStream.range(0, centre.length).filter(i -> differs(networks, i)).toArray();
    base = at(centre, places);
    moving = networks.stream().map(each -> at(each, places)).toArray(float[][]::new);
    for (int from = 0, to = 1; from < places.length; to++) {
      if (to == places.length || blockOf[places[to]] != blockOf[places[from]]) {
        runs.add(new Run(blockOf[places[from]], from, to));
        from = to;
      }
    }
  }

  private boolean differs(List<float[]> networks, int i) {
    for (float[] network : networks) {
      if ((double) network[i] - centre[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static float[] at(float[] values, int[] places) {
    float[] there = new float[places.length];
    for (int p = 0; p < places.length; p++) {
      there[p] = values[places[p]];
    }
    return there;
  }

  /** Coefficients in all, of every network in every block: block by block. */
  public int coefficients() {
    return networks * blocks;
  }

  /**
   * The point of those coefficients: added in double to the centre, rounded to float once.
   *
   * @param x finite; block by block, in each the networks in order
   */
  public float[] at(double[] x) {
    float[] point = centre.clone();
    double[] moved = new double[CHUNK];
    for (Run run : runs) {
      for (int from = run.from; from < run.to; from += CHUNK) {
        int count = Math.min(CHUNK, run.to - from);
        Arrays.fill(moved, 0);
        for (int j = 0; j < networks; j++) {
          add(x[run.block * networks + j], moving[j], from, moved, count);
        }
        for (int k = 0; k < count; k++) {
          if (moved[k] != 0) { // or −0 would become +0
            point[places[from + k]] = (float) (base[from + k] + moved[k]);
          }
        }
      }
    }
    return point;
  }

  private void add(double share, float[] network, int from, double[] moved, int count) {
    for (int k = 0; k < count; k++) {
      moved[k] += share * ((double) network[from + k] - base[from + k]);
    }
  }

  /**
   * P·g: the gradient in the coefficients of what has the gradient g in the point, in double. What
   * g is where all networks agree does not matter.
   */
  public double[] project(float[] gradient) {
    double[] projected = new double[coefficients()];
    float[] slopes = at(gradient, places);
    for (Run run : runs) {
      for (int from = run.from; from < run.to; from += CHUNK) {
        int to = Math.min(run.to, from + CHUNK);
        for (int j = 0; j < networks; j++) {
          projected[run.block * networks + j] += along(moving[j], slopes, from, to);
        }
      }
    }
    return projected;
  }

  /** Four sums side by side, as an addition waits for the one before it. */
  private double along(float[] network, float[] slopes, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int p = from;
    for (; p + 3 < to; p += 4) {
      first += ((double) network[p] - base[p]) * slopes[p];
      second += ((double) network[p + 1] - base[p + 1]) * slopes[p + 1];
      third += ((double) network[p + 2] - base[p + 2]) * slopes[p + 2];
      fourth += ((double) network[p + 3] - base[p + 3]) * slopes[p + 3];
    }
    for (; p < to; p++) {
      first += ((double) network[p] - base[p]) * slopes[p];
    }
    return first + second + (third + fourth);
  }
}
