package io.ticketflow.learn.train;

/**
 * A training whose loss became NaN or infinite. The same training will do so again, so nobody
 * should repeat it; the message names epoch, step and learning rate, and the caller knows cycle and
 * particle.
 */
public final class NonFiniteLossException extends RuntimeException {
  private NonFiniteLossException(String message) {
    super(message);
  }

  /**
   * The failure of one step.
   *
   * @param epoch 1-based, counted from the start of dense training
   * @param step 1-based within the epoch
   */
  public static NonFiniteLossException ofStep(
      int epoch, int step, double learningRate, double loss) {
    return new NonFiniteLossException(
        "the loss became "
            + loss
            + " in epoch "
            + epoch
            + ", step "
            + step
            + ", at learning rate "
            + learningRate);
  }

  /** The failure of a training after its last step, which left weights that are no numbers. */
  public static NonFiniteLossException ofWeights(int epoch, double learningRate) {
    return new NonFiniteLossException(
        "a weight became infinite or NaN in epoch " + epoch + ", at learning rate " + learningRate);
  }

  /**
   * The failure of an epoch whose weights give outputs on the validation split that are no numbers.
   */
  public static NonFiniteLossException ofValidation(int epoch, double learningRate) {
    return new NonFiniteLossException(
        "the network's output on the validation split became infinite or NaN in epoch "
            + epoch
            + ", at learning rate "
            + learningRate);
  }
}
