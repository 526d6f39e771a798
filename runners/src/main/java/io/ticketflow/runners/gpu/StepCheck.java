package io.ticketflow.runners.gpu;

import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.runners.doctor.Finding;
import java.util.Locale;

/**
 * One step of training of a network on a device against the same step on the CPU, half of the
 * weights pruned: first the loss, which is smooth in what is rounded, then where the step leads
 * each tensor, BatchNorm's statistics included.
 *
 * <p>Gradients jump where a rounding turns a ReLU off or on, so they are compared by coarser bounds
 * than the loss. With the zoo's networks, two seeds each, on a CPU: libtorch and engine java, which
 * both take float32, part by up to 7e-6 of the loss and by up to 0.05 of a tensor's way
 * (resnet-110). Weights rounded to TF32 change the loss by up to 0.4 % of it, and the way by 5e-4
 * (airbench94, whose GELU has no kink) to 0.85 (resnet-110). What is wrong shows so: a factor of
 * 1.25 in a gradient is 0.25, a gradient that is missing is 1.
 */
final class StepCheck {
  static final int IMAGES = 16;

  /** A rate at which a step is long beside the rounding of the weights that it moves. */
  private static final double RATE = 1;

  private final Trainer reference;
  private final Trainer trainer;
  private final Precision precision;

  /**
   * @param reference on the CPU
   * @param trainer on the device
   * @param precision of the device's products
   */
  StepCheck(Trainer reference, Trainer trainer, Precision precision) {
    this.reference = reference;
    this.trainer = trainer;
    this.precision = precision;
  }

  /** What comes of a network. */
  Finding finding(String model) {
    ZooTraining training = ZooTraining.of(model, IMAGES, 1, RATE, 1);
    TrainedNetwork expected = training.by(reference);
    TrainedNetwork found = training.by(trainer);
    double loss = ZooTraining.firstLoss(expected);
    double apart = Math.abs(ZooTraining.firstLoss(found) - loss);
    Deviation deviation = training.between(expected, found);
    double tolerance =
        precision.step(
            () -> RoundedStart.deviation(training, expected.weights(), reference).share());
    String subject = "step of " + model;
    if (!(apart <= precision.loss() * Math.max(1, loss))) {
      return Finding.problem(
          subject,
          String.format(
              Locale.ROOT,
              "Wrong: its loss is %.6f, on the CPU %.6f.",
              ZooTraining.firstLoss(found),
              loss));
    }
    if (!deviation.isWithin(tolerance)) {
      return Finding.problem(
          subject,
          String.format(
              Locale.ROOT,
              "Wrong: it leads %s elsewhere than on the CPU, by %.2g of the way; %.2g is allowed.",
              deviation.tensor(),
              deviation.share(),
              tolerance));
    }
    return Finding.ok(
        subject,
        deviation.share() == 0
            ? "The CPU's, to the bit."
            : String.format(
                Locale.ROOT,
                "The CPU's: the loss differs by %.0e, no tensor's way by more than %.1e (%.2g is"
                    + " allowed).",
                apart,
                deviation.share(),
                tolerance));
  }
}
