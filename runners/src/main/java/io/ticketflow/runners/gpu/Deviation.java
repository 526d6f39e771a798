package io.ticketflow.runners.gpu;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;

/**
 * How far two results of one computation lie apart.
 *
 * @param share ‖found − expected‖ / ‖expected‖ of the tensor where it is largest; NaN if a value is
 *     not finite
 * @param tensor its name
 */
record Deviation(double share, String tensor) {
  /**
   * A tensor that moves by less than this share of all is measured by this share: a bias before
   * BatchNorm moves by rounding alone.
   */
  private static final double LEAST = 1e-3;

  /** Of two arrays, in doubles. */
  static double of(double[] expected, float[] found) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += square(found[i] - expected[i]);
      size += square(expected[i]);
    }
    return Math.sqrt(difference / size);
  }

  /**
   * Of where two trainings went from one start. Trained tensors and BatchNorm's statistics are
   * measured apart, for one kind moves by far more than the other.
   */
  static Deviation of(TensorSet start, TensorSet expected, TensorSet found) {
    double trained = 0;
    double statistics = 0;
    for (Tensor tensor : start.tensors()) {
      double way = squaredWay(tensor, expected.get(tensor.name()));
      if (tensor.role() == TensorRole.BUFFER) {
        statistics += way;
      } else {
        trained += way;
      }
    }
    Deviation most = new Deviation(0, "");
    for (Tensor tensor : start.tensors()) {
      Tensor there = expected.get(tensor.name());
      double least = square(LEAST) * (tensor.role() == TensorRole.BUFFER ? statistics : trained);
      double size = Math.max(squaredWay(tensor, there), least);
      double apart = squaredWay(there, found.get(tensor.name()));
      Deviation one = new Deviation(apart == 0 ? 0 : Math.sqrt(apart / size), tensor.name());
      if (!(one.share <= most.share)) {
        most = one;
      }
      if (Double.isNaN(most.share)) {
        return most;
      }
    }
    return most;
  }

  /** Whether it is at most that; NaN is not. */
  boolean isWithin(double tolerance) {
    return share <= tolerance;
  }

  private static double squaredWay(Tensor from, Tensor to) {
    double sum = 0;
    for (int i = 0; i < from.values().length; i++) {
      sum += square((double) to.values()[i] - from.values()[i]);
    }
    return sum;
  }

  private static double square(double value) {
    return value * value;
  }
}
