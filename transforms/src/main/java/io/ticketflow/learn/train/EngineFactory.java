package io.ticketflow.learn.train;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.List;

/** Makes engines of one kind. Can be shared by threads. */
@FunctionalInterface
public interface EngineFactory {
  /**
   * What an engine begins with.
   *
   * @param network every tensor of the graph
   * @param moments of the optimiser; empty before the first update
   * @param masks of the next step
   * @param updates how often the optimiser has moved the weights
   */
  record Start(TensorSet network, List<float[]> moments, Masks masks, long updates) {}

  /** An engine for a job; close it. */
  Engine open(TrainingJob job, DataSplits data, Start start);
}
