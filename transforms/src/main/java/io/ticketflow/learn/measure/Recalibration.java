package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.IdleKeys;

/**
 * BatchNorm's statistics made anew. Those of an averaged network belong to none of its parents'
 * activations (Izmailov et al. 2018, section 3.2), so every network is recalibrated in the same way
 * before it is measured, plain ones included.
 */
public final class Recalibration {
  private Recalibration() {}

  /**
   * The network with the statistics of the train split's first {@code recalibrationBatches} batches
   * (0 = all), in order and without augmentation: the mean over the batches, each by its number of
   * images, of a batch's mean and unbiased variance, with every batch normalised by itself.
   *
   * <p>A network without BatchNorm comes back as it is. The statistics that the network brings do
   * not matter: to recalibrate twice is to recalibrate once, bit for bit.
   */
  public static TensorSet recalibrate(
      ModelGraph graph,
      TensorSet tensors,
      DataSplits data,
      EvaluationSpec evaluation,
      Calculator calculator) {
    return calculator.statistics(
        graph,
        tensors,
        data.train(),
        data,
        evaluation.recalibrationBatchSize(),
        evaluation.recalibrationBatches());
  }

  /**
   * Adds the keys that recalibration makes nothing of.
   *
   * @param images of the train split
   */
  public static void idle(IdleKeys keys, ModelGraph graph, EvaluationSpec evaluation, int images) {
    String batches = "evaluation.recalibrationBatches";
    String size = "evaluation.recalibrationBatchSize";
    boolean norm = graph.parameters().stream().anyMatch(p -> p.role() == TensorRole.BUFFER);
    String none = "the network has no BatchNorm";
    keys.none(!norm, batches, none)
        .none(!norm, size, none)
        .partly(
            evaluation.recalibrationBatchSize() > images,
            size,
            "is more than the " + images + " images of the train split")
        .partly(
            (long) evaluation.recalibrationBatches() * evaluation.recalibrationBatchSize() > images,
            batches,
            "asks for more than the " + images + " images of the train split");
  }
}
