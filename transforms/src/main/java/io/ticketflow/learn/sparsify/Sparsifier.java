package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.SparsifierSpec;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The rule by which the masks of one training change. Pure: a change is a function of its
 * arguments, so a training that is resumed goes on as if it had never stopped.
 *
 * <p>Steps are counted from 0 at the training's own first one; S is how many there are. The masks
 * of a step can also change after the last one, as step S.
 */
public interface Sparsifier extends MaskTimes {
  /** Masks that stay. */
  Sparsifier STATIC =
      new Sparsifier() {
        @Override
        public When when(long step) {
          return When.NEVER;
        }

        @Override
        public MaskChange change(
            long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient) {
          return MaskChange.to(masks);
        }
      };

  /**
   * The change at a step at which there is one.
   *
   * @param masks of the step before
   * @param weights the prunable tensors at least; dense where the training keeps dense weights
   * @param gradient of the loss of this step's batch, dense, as the weights; only for {@link
   *     When#INSTEAD}
   * @throws io.ticketflow.math.NonFiniteWeightsException naming a tensor of which a weight or a
   *     gradient is infinite or not a number
   */
  MaskChange change(long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient);

  /** How many copies of the network are trained ahead for a change. */
  default int copies() {
    return 0;
  }

  /**
   * The change at a step before which copies were trained ahead.
   *
   * @param ahead the copies' weights, as the weights
   */
  default MaskChange change(long step, Masks masks, TensorSet weights, List<TensorSet> ahead) {
    throw new IllegalStateException("the rule makes nothing of copies");
  }

  /**
   * The sparsifier of a training.
   *
   * @param stepsPerEpoch at least 1
   * @throws IllegalArgumentException if the job's masks cannot end at the count that it asks for
   */
  static Sparsifier of(TrainingJob job, long stepsPerEpoch) {
    SparsifierSpec spec = job.training().sparsifier().inSteps(stepsPerEpoch);
    if (!spec.isInside()) {
      return STATIC;
    }
    long start = job.masks().kept();
    if (spec.regrows() ? start != job.kept() : start < job.kept()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s cannot lead masks of %d entries to %d",
              spec.name(),
              start,
              job.kept()));
    }
    long steps = job.plan().epochs() * stepsPerEpoch;
    return switch (spec.name()) {
      case STATIC -> STATIC;
      case GMP -> RampedPruning.gradual(job, spec, steps);
      case DPF -> RampedPruning.withFeedback(job, spec, steps);
      case SET, RIGL -> new Regrowing(job, spec, steps);
      case ACDC -> new AlternatingPhases(job, stepsPerEpoch);
      case ISP -> new DenoisedPruning(job, spec, steps);
    };
  }
}
