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

  /** Places whose terms are added up in floats; beyond them sums go on in double. */
  private static final int SPAN = 64 * CHUNK;

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
   * P·g: the gradient in the coefficients of what has the gradient g in the point. What g is where
   * all networks agree does not matter. In floats, as g is: wrong by at most 5e-6 of the sum of the
   * terms' absolute values.
   */
  public double[] project(float[] gradient) {
    double[] projected = new double[coefficients()];
    for (Run run : runs) {
      for (int from = run.from; from < run.to; from += SPAN) {
        float[][] lanes = lanes(gradient, from, Math.min(run.to, from + SPAN));
        for (int j = 0; j < networks; j++) {
          projected[run.block * networks + j] += sum(lanes[j]);
        }
      }
    }
    return projected;
  }

  /** The sums of each network's terms: lane k adds up the terms of place k of every chunk. */
  private float[][] lanes(float[] gradient, int from, int to) {
    float[][] lanes = new float[networks][Math.min(CHUNK, to - from)];
    float[] slopes = new float[CHUNK];
    float[] centres = new float[CHUNK];
    float[] values = new float[CHUNK];
    for (int chunk = from; chunk < to; chunk += CHUNK) {
      int count = Math.min(CHUNK, to - chunk);
      for (int k = 0; k < count; k++) {
        slopes[k] = gradient[places[chunk + k]];
      }
      System.arraycopy(base, chunk, centres, 0, count);
      for (int j = 0; j < networks; j++) {
        System.arraycopy(moving[j], chunk, values, 0, count);
        addTerms(values, centres, slopes, count, lanes[j]);
      }
    }
    return lanes;
  }

  /** It reads all arrays from index 0 on: Java 17 makes vectors of this loop only then. */
  private static void addTerms(
      float[] values, float[] centres, float[] slopes, int count, float[] lanes) {
    for (int k = 0; k < count; k++) {
      lanes[k] += (values[k] - centres[k]) * slopes[k];
    }
  }

  private static double sum(float[] lanes) {
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
