package io.ticketflow.learn.train;

import java.util.Locale;

/**
 * A training whose loss became NaN or infinite. The same training will do so again, so nobody
 * should repeat it; the message names epoch, step and learning rate, and the caller knows cycle and
 * particle.
 */
public final class NonFiniteLossException extends RuntimeException {
  /**
   * The failure of one step.
   *
   * @param epoch 1-based, counted from the start of dense training
   * @param step 1-based within the epoch
   */
  public NonFiniteLossException(int epoch, int step, double learningRate, double loss) {
    super(
        String.format(
            Locale.ROOT,
            "the loss became %s in epoch %d, step %d, at learning rate %s",
            loss,
            epoch,
            step,
            learningRate));
  }
}
