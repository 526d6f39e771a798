package io.ticketflow.learn.vector;

import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/** An update rule over arrays of kept weights; its state is that of PyTorch's rules. */
interface UpdateRule {
  /**
   * The rule after so many updates.
   *
   * @param moments what these have left, as many as the specification says
   */
  static UpdateRule of(OptimiserSpec spec, List<float[]> moments, long updates) {
    return switch (spec.name()) {
      case SGD -> new VectorSgd(spec, moments);
      case ADAM -> new VectorAdam(spec, moments, updates);
    };
  }

  /**
   * Moves the weights once.
   *
   * @param gradient without decay; not changed
   * @param decaying how many weights, from the front, decay
   */
  void update(float[] weights, float[] gradient, int decaying, double learningRate);

  /** The moments. */
  List<float[]> moments();

  /** How often the weights have been moved. */
  long updates();
}
