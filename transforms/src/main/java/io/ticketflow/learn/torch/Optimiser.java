package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/** An update rule over one flat array; its state begins at 0 and belongs to a manager. */
sealed interface Optimiser permits Sgd, Adam {
  /**
   * The rule after so many steps.
   *
   * @param moments what those steps have left, 0 before the first: as many as the specification
   *     says, each as long as the weights
   */
  static Optimiser of(OptimiserSpec spec, List<PtNDArray> moments, long stepsDone) {
    return switch (spec.name()) {
      case SGD -> new Sgd(spec, moments);
      case ADAM -> new Adam(spec, moments, stepsDone);
    };
  }

  /**
   * Moves the weights once.
   *
   * <p>Where a gradient has always been 0 the state is 0 and the weight stays what it is, exactly.
   *
   * @param gradient decay and mask included; not changed
   * @param step owns what is made on the way
   */
  void update(PtNDArray weights, PtNDArray gradient, double learningRate, PtNDManager step);

  /** The moments, each as long as the weights. */
  List<PtNDArray> state();
}
