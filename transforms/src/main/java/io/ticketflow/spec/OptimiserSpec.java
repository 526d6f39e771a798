package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.Locale;

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
 * @param samRadius ρ of sharpness-aware minimisation (Foret et al. 2021): the gradient is taken at
 *     the weights plus ρ·g/‖g‖; 0 = at the weights themselves
 */
public record OptimiserSpec(
    Name name,
    double momentum,
    boolean nesterov,
    double weightDecay,
    boolean decayBiasAndNorm,
    double beta1,
    double beta2,
    double epsilon,
    double samRadius) {
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
    check(samRadius >= 0 && samRadius <= 100, at + "samRadius", "from 0 to 100", samRadius);
  }

  /** Arrays as long as the weights that the rule keeps from step to step. */
  public int moments() {
    return switch (name) {
      case SGD -> momentum == 0 ? 0 : 1;
      case ADAM -> 2;
    };
  }

  /** Forward and backward passes a step. */
  public int passes() {
    return samRadius > 0 ? 2 : 1;
  }

  /** The same rule without sharpness awareness: what one pass of a step costs. */
  public OptimiserSpec ofOnePass() {
    return new OptimiserSpec(
        name, momentum, nesterov, weightDecay, decayBiasAndNorm, beta1, beta2, epsilon, 0);
  }

  OptimiserSpec withWeightDecay(double other) {
    return new OptimiserSpec(
        name, momentum, nesterov, other, decayBiasAndNorm, beta1, beta2, epsilon, samRadius);
  }

  /**
   * @param decays whether some training has a weight decay
   */
  void idle(IdleKeys keys, boolean decays) {
    String at = "training.optimiser.";
    String because = "training.optimiser.name is " + name.name().toLowerCase(Locale.ROOT);
    keys.none(name != Name.SGD, at + "momentum", because)
        .none(name != Name.SGD, at + "nesterov", because)
        .none(!decays, at + "decayBiasAndNorm", "no training has a weight decay")
        .none(name != Name.ADAM, at + "beta1", because)
        .none(name != Name.ADAM, at + "beta2", because)
        .none(name != Name.ADAM, at + "epsilon", because);
  }
}
