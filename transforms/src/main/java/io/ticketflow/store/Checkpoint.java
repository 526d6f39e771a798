package io.ticketflow.store;

import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochPoint;
import java.util.List;

/**
 * A training at the end of an epoch, from which it can go on as if it had never stopped.
 *
 * @param epoch the last finished one, counted from the start of dense training
 * @param epochs all finished ones of this training, in order; the last is {@code epoch}
 * @param state all that the trainer's next step depends on beside its job, by names that are the
 *     trainer's own
 */
public record Checkpoint(int epoch, List<EpochPoint> epochs, TensorSet state) {
  public Checkpoint {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty() || epochs.get(epochs.size() - 1).getEpoch() != epoch) {
      throw new IllegalArgumentException("the epochs of a checkpoint must end at epoch " + epoch);
    }
  }
}
