package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Rates in the form of airbench (Jordan 2024, arXiv 2404.00498, after Page 2018): learning rate,
 * weight decay, batch size and momentum can each be tuned by itself.
 *
 * @param examples training images that learning rates and weight decay are for; 0 = both are a
 *     step's. With n, a step of b images and Nesterov's momentum m has u = b / (n · (1 + 1/(1 −
 *     m))) times the learning rate, on the batch's mean loss, and its decay takes u times the
 *     weight decay of a weight, times the share of the highest rate that the schedule has come to.
 * @param normBiases factor of the learning rate of BatchNorm's biases; their decay stays
 */
public record DecoupledSpec(int examples, double normBiases) {
  /** Learning rate and weight decay are a step's, and all that is trained has the same rate. */
  public static final DecoupledSpec NONE = new DecoupledSpec(0, 1);

  public DecoupledSpec {
    String at = "training.decoupled.";
    check(examples >= 0 && examples <= 1 << 24, at + "examples", "from 0 to 16777216", examples);
    check(
        normBiases > 0 && normBiases <= 1e6,
        at + "normBiases",
        "above 0 and at most 1000000",
        normBiases);
  }

  /** Accepts a training that the rates can be turned into steps of. */
  void require(OptimiserSpec optimiser, ScheduleSpec schedule) {
    boolean sgd = optimiser.name() == OptimiserSpec.Name.SGD;
    check(
        examples == 0 || (sgd && optimiser.nesterov()),
        "training.decoupled.examples",
        "0 but for sgd with nesterov",
        examples);
    check(sgd || normBiases == 1, "training.decoupled.normBiases", "1 but for sgd", normBiases);
    check(
        examples == 0 || optimiser.weightDecay() < schedule.learningRate(),
        "training.optimiser.weightDecay",
        "below training.schedule.learningRate with training.decoupled.examples",
        optimiser.weightDecay());
  }

  /** What the schedule's rates are multiplied with to be a step's: u, or 1. */
  double unit(int batchSize, OptimiserSpec optimiser) {
    return examples == 0 ? 1 : batchSize / (examples * (1 + 1 / (1 - optimiser.momentum())));
  }

  /** The update rule with the coefficient of L2 decay that makes this decay a step. */
  OptimiserSpec stepwise(OptimiserSpec optimiser, ScheduleSpec schedule) {
    return examples == 0
        ? optimiser
        : optimiser.withWeightDecay(optimiser.weightDecay() / schedule.learningRate());
  }
}
