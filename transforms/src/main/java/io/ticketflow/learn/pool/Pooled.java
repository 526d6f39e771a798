package io.ticketflow.learn.pool;

import io.ticketflow.network.SparseNetwork;
import io.ticketflow.schemas.TrialRecord;
import java.util.List;

/**
 * A network made of others.
 *
 * @param network recalibrated
 * @param firstAccuracy on validation, of the target
 * @param lastAccuracy on validation, of this network
 * @param trials one a candidate, in the order in which they were tried
 */
public record Pooled(
    SparseNetwork network, double firstAccuracy, double lastAccuracy, List<TrialRecord> trials) {
  public Pooled {
    trials = List.copyOf(trials);
  }
}
