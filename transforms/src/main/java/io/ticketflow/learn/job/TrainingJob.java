package io.ticketflow.learn.job;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.TrainingSpec;
import java.util.Optional;

/**
 * One segment of a training, from the end of startEpoch to the end of endEpoch.
 *
 * <p>A segment begins with fresh optimiser state (momentum, Adam's moments and its step count): a
 * training cut in two is not the training in one piece. IMP and SWAMP are defined that way: a
 * rewound network carries weights, not momentum. Only a segment with a {@code before} goes on with
 * that one's state.
 *
 * @param plan what is trained for how long and at which rates; the constant rate of the epochs that
 *     are averaged goes before the plan's rates
 * @param hurt how much pruning hurt, for ALLR: see {@code StepRates}
 * @param start every tensor of the graph; pruned entries are set to 0 before the first step, but
 *     for DPF, which trains dense weights behind the sparse ones
 * @param masks of the first step; a prunable tensor without one is dense, and no sparsifier touches
 *     it. Those of SET and RigL keep {@code kept} entries from the start.
 * @param kept entries that the masks keep in the end, for a sparsifier that changes them
 * @param scope how such a sparsifier spreads them over the layers
 * @param data its crop and flip say how a training image may be changed before it is seen
 */
public record TrainingJob(
    ModelGraph graph,
    ParticleTraining plan,
    double hurt,
    TensorSet start,
    Masks masks,
    long kept,
    PruningSpec.Scope scope,
    DataSpec data,
    DrawKey draws,
    Optional<Before> before) {
  /**
   * The segment before.
   *
   * @param epochs from where the optimiser began afresh to the segment's end
   * @param moments the optimiser's then, as {@link
   *     io.ticketflow.learn.train.TrainedNetwork#moments} has them
   */
  public record Before(int epochs, TensorSet moments) {}

  /** A segment with fresh optimiser state. */
  public TrainingJob(
      ModelGraph graph,
      ParticleTraining plan,
      double hurt,
      TensorSet start,
      Masks masks,
      long kept,
      PruningSpec.Scope scope,
      DataSpec data,
      DrawKey draws) {
    this(graph, plan, hurt, start, masks, kept, scope, data, draws, Optional.empty());
  }

  public TrainingJob {
    int start0 = plan.startEpoch();
    boolean ofSchedule = plan.rates().rule() == RateRule.LRW;
    if (start0 < 0
        || plan.endEpoch() <= start0
        || (ofSchedule && plan.endEpoch() > plan.training().epochs())) {
      throw new IllegalArgumentException(
          "a training of "
              + plan.training().epochs()
              + " epochs has no part from epoch "
              + start0
              + " to "
              + plan.endEpoch());
    }
  }

  /** As {@link ParticleTraining#dense}. */
  public static TrainingJob dense(
      ModelGraph graph,
      TrainingSpec training,
      int epochs,
      TensorSet start,
      DataSpec data,
      DrawKey draws) {
    return new TrainingJob(
        graph,
        ParticleTraining.dense(training, epochs),
        0,
        start,
        Masks.NONE,
        0,
        PruningSpec.Scope.GLOBAL,
        data,
        draws);
  }

  /** The batches of an epoch; each is a step. */
  public Batches batches(Images images) {
    return new Batches(images.count(), training().batchSize(), graph.smallestBatch());
  }

  /**
   * Whether dense weights lie behind the sparse ones, so that those outside the masks count too.
   */
  public boolean keepsDense() {
    return training().sparsifier().name().keepsDense();
  }

  /** The specification of the whole training. */
  public TrainingSpec training() {
    return plan.training();
  }

  /** Epochs that have gone before, in the schedule. */
  public int startEpoch() {
    return plan.startEpoch();
  }

  /** The last epoch. */
  public int endEpoch() {
    return plan.endEpoch();
  }

  /** How many of the last epochs are averaged; 0 = none. */
  public int swaEpochs() {
    return plan.swaEpochs();
  }
}
