package io.ticketflow.learn.train;

import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.spec.TrainingSpec;

/** What chance decides in a step, drawn only where a training asks for it. */
final class BatchDraws {
  private final boolean drops;
  private final boolean interpolates;

  BatchDraws(TrainingJob job) {
    drops = job.graph().nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Dropout);
    interpolates = job.training().normalisation() == TrainingSpec.Normalisation.INTERPOLATED;
  }

  /**
   * Has a batch become a step's.
   *
   * @param step that its draws are for
   */
  void become(Engine.Batch batch, int from, int to, DrawKey key, long step) {
    long dropout = drops ? key.dropout(step).nextLong() : 0;
    float alpha = interpolates ? key.normalisation(step).nextFloat() : 0;
    batch.become(from, to, dropout, alpha);
  }
}
