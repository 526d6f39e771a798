package io.ticketflow.work;

import io.ticketflow.spec.UserException;
import java.io.Serializable;

/**
 * How often trainings keep their state. A killed worker loses at most the longer of the two spans.
 *
 * @param epochs a checkpoint every so many epochs; 0 = none
 * @param minutes but no more often than this, however short the epochs are
 */
public record CheckpointPolicy(int epochs, double minutes) implements Serializable {
  /** Each epoch's end, at most twice a minute. */
  public static final CheckpointPolicy DEFAULT = new CheckpointPolicy(1, 0.5);

  public CheckpointPolicy {
    if (epochs < 0) {
      throw new UserException("--checkpointEpochs must be 0 (never) or more, got " + epochs);
    }
    if (!(minutes >= 0) || Double.isInfinite(minutes)) {
      throw new UserException("--checkpointMinutes must be 0 or more, got " + minutes);
    }
  }
}
