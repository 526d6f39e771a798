package io.ticketflow.math;

import java.util.ArrayList;
import java.util.List;

/**
 * Three points of a space, seen from their plane: the first at (0, 0), the second to the right of
 * it at (secondX, 0), the third above at (thirdX, thirdY). The axes are an orthonormal basis.
 *
 * @param secondX above 0
 * @param thirdY above 0
 */
public record Triangle(double secondX, double thirdX, double thirdY) {
  /** How much of the triangle's width and height a grid goes on beyond it, on every side. */
  private static final double MARGIN = 0.25;

  /**
   * The shares of the three points in the one at that place; their sum is 1, but for rounding.
   * Where it lies outside the triangle some are negative.
   */
  public List<Double> shares(double x, double y) {
    double third = y / thirdY;
    double second = (x - third * thirdX) / secondX;
    return List.of(1 - second - third, second, third);
  }

  /**
   * Columns of a grid over the triangle and a quarter of its width on either side, ascending.
   *
   * @param points at least 2
   */
  public List<Double> columns(int points) {
    return evenly(Math.min(0, thirdX), Math.max(secondX, thirdX), points);
  }

  /**
   * Rows of a grid over the triangle and a quarter of its height on either side, ascending.
   *
   * @param points at least 2
   */
  public List<Double> rows(int points) {
    return evenly(0, thirdY, points);
  }

  private static List<Double> evenly(double low, double high, int points) {
    double from = low - MARGIN * (high - low);
    double length = (1 + 2 * MARGIN) * (high - low);
    List<Double> places = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      places.add(from + length * i / (points - 1));
    }
    return places;
  }
}
