package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.spec.TrainingSpec;
import java.util.Optional;

/** What chance decides in a step, drawn only where a training asks for it. */
final class BatchDraws {
  private final boolean drops;
  private final boolean interpolates;

  BatchDraws(TrainingJob job) {
    drops = job.graph().nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Dropout);
    interpolates = job.training().normalisation() == TrainingSpec.Normalisation.INTERPOLATED;
  }

  /**
   * The batch of a step.
   *
   * @param step that its draws are for
   */
  Engine.Batch batch(
      DrawKey key, long step, int[] order, int from, int to, Optional<Augmentation> augmentation) {
    long dropout = drops ? key.dropout(step).nextLong() : 0;
    float alpha = interpolates ? key.normalisation(step).nextFloat() : 0;
    return new Engine.Batch(order, from, to, augmentation, dropout, alpha);
  }
}
