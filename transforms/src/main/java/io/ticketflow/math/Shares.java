package io.ticketflow.math;

import java.util.ArrayList;
import java.util.List;

/** Shares of networks in points of lines and hulls. Each point's sum to 1, but for rounding. */
public final class Shares {
  private Shares() {}

  /**
   * Where points of a line lie: evenly from 0 to 1, both included, and as far apart beyond.
   *
   * @param points from 0 to 1, at least 2
   * @param beyond how far the line goes on at either end; at most so far where no point falls on it
   */
  public static List<Double> positions(int points, double beyond) {
    int steps = points - 1;
    // so little more that a number of steps which rounding makes less is whole
    int further = (int) Math.floor(beyond * steps * (1 + 1e-12));
    List<Double> positions = new ArrayList<>();
    for (int i = -further; i <= steps + further; i++) {
      positions.add((double) i / steps);
    }
    return positions;
  }

  /** The shares of a line's two ends at a position. */
  public static List<Double> onLine(double position) {
    return List.of(1 - position, position);
  }

  /**
   * A point of a simplex, evenly drawn: Dirichlet(1, …, 1).
   *
   * @param corners at least 1
   */
  public static List<Double> inHull(KeyedRandom random, int corners) {
    double[] waits = new double[corners];
    double sum = 0;
    for (int i = 0; i < corners; i++) {
      waits[i] = -StrictMath.log(1 - random.nextDouble());
      sum += waits[i];
    }
    List<Double> shares = new ArrayList<>();
    for (double wait : waits) {
      shares.add(wait / sum);
    }
    return shares;
  }
}
