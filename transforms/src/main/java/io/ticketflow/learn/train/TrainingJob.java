package io.ticketflow.learn.train;

import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.Mask;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.TensorSet;
import java.util.Map;

/**
 * One segment of a training, from the end of startEpoch to the end of endEpoch.
 *
 * <p>Every segment begins with fresh optimiser state (momentum, Adam's moments and its step count):
 * a training cut in two is not the training in one piece. IMP and SWAMP are defined that way: a
 * rewound network carries weights, not momentum.
 *
 * @param training whose schedule spans its {@code epochs}, of which this job is a part
 * @param start every tensor of the graph; pruned entries are set to 0 before the first step
 * @param masks by tensor name; a prunable tensor without one is dense
 * @param startEpoch epochs that have gone before, in the schedule
 * @param endEpoch the last epoch, above startEpoch and at most training.epochs
 * @param lastLearningRate whether all steps use the rate of the schedule's last step (fine-tuning).
 *     A schedule that ends at 0 comes near it only: its last step's rate is used, not 0.
 * @param swa whether the last epochs are averaged as {@code training.swa} says; their constant rate
 *     goes before both schedule and lastLearningRate
 * @param data whose crop and flip say what may happen to a training image before it is seen
 */
public record TrainingJob(
    ModelGraph graph,
    TrainingSpec training,
    TensorSet start,
    Map<String, Mask> masks,
    int startEpoch,
    int endEpoch,
    boolean lastLearningRate,
    boolean swa,
    DataSpec data,
    DrawKey draws) {
  public TrainingJob {
    masks = Map.copyOf(masks);
    if (startEpoch < 0 || endEpoch <= startEpoch || endEpoch > training.epochs()) {
      throw new IllegalArgumentException(
          "a training of "
              + training.epochs()
              + " epochs has no part from epoch "
              + startEpoch
              + " to "
              + endEpoch);
    }
  }

  /** How many of the last epochs are averaged; 0 = none. */
  public int swaEpochs() {
    return swa ? training.swa().epochsOf(endEpoch - startEpoch) : 0;
  }
}
