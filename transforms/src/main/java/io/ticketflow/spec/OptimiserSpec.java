package io.ticketflow.spec;

import static io.ticketflow.spec.SpecException.check;

/**
 * The update rule.
 *
 * @param name SGD with PyTorch's momentum rule, or Adam
 * @param momentum of SGD, in [0, 1)
 * @param nesterov whether SGD looks ahead
 * @param weightDecay L2 coefficient, added to the gradient
 * @param decayBiasAndNorm whether biases and BatchNorm decay too, as PyTorch's default has it
 * @param beta1 of Adam, in [0, 1)
 * @param beta2 of Adam, in [0, 1)
 * @param epsilon of Adam, above 0
 */
public record OptimiserSpec(
    Name name,
    double momentum,
    boolean nesterov,
    double weightDecay,
    boolean decayBiasAndNorm,
    double beta1,
    double beta2,
    double epsilon) {
  /** The rules there are. */
  public enum Name {
    SGD,
    ADAM
  }

  public OptimiserSpec {
    String at = "training.optimiser.";
    check(momentum >= 0 && momentum < 1, at + "momentum", "in [0, 1)", momentum);
    check(!nesterov || momentum > 0, at + "nesterov", "false without momentum", nesterov);
    check(weightDecay >= 0 && weightDecay < 1, at + "weightDecay", "in [0, 1)", weightDecay);
    check(beta1 >= 0 && beta1 < 1, at + "beta1", "in [0, 1)", beta1);
    check(beta2 >= 0 && beta2 < 1, at + "beta2", "in [0, 1)", beta2);
    check(epsilon > 0 && epsilon < 1, at + "epsilon", "above 0 and below 1", epsilon);
  }
}
