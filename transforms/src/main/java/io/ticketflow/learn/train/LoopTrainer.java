package io.ticketflow.learn.train;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;

/** Trains with the engines of one factory. */
public class LoopTrainer implements Trainer {
  private final EngineFactory engines;

  /** A trainer by those engines. */
  public LoopTrainer(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public TrainedNetwork train(
      TrainingJob job, DataSplits data, EpochListener listener, Checkpoints checkpoints) {
    job.graph().requireReadable(data.train());
    try (TrainingLoop loop = new TrainingLoop(engines, job, data, checkpoints)) {
      return loop.run(listener);
    }
  }
}
