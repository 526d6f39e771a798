package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.CubicRamp;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.SparsifierSpec;
import java.util.function.Supplier;

/**
 * The largest weights stay, fewer of them every {@code interval} steps along a {@link CubicRamp}
 * from t0 = ⌊begin · S⌋ to t1 = ⌈end · S⌉: before the steps t0 + k · interval below t1, k = 1, 2,
 * …, and before step t1, from which on the mask keeps exactly the job's count. DPF goes on at that
 * count, before the steps t0 + k · interval below ⌈lastChange · S⌉.
 */
final class RampedPruning implements Sparsifier {
  private final CubicRamp ramp;
  private final MaskTimes times;
  private final PruningSpec.Scope scope;
  private final Masks start;
  private final boolean shrinks;

  private RampedPruning(TrainingJob job, SparsifierSpec spec, long steps, boolean shrinks) {
    ChangeSpan span = ChangeSpan.of(spec, steps);
    long dense = job.masks().kept();
    this.ramp = new CubicRamp(dense, job.kept(), span.begin(), span.end());
    this.times = times(spec, steps);
    this.scope = job.scope();
    this.start = job.masks();
    this.shrinks = shrinks;
  }

  /**
   * GMP, gradual magnitude pruning (Zhu and Gupta 2018, section 3): each mask is a subset of the
   * one before it, and what is pruned is lost.
   */
  static RampedPruning gradual(TrainingJob job, SparsifierSpec spec, long steps) {
    return new RampedPruning(job, spec, steps, true);
  }

  /**
   * DPF, dynamic pruning with feedback (Lin, Stich, Barba, Dmitriev, Jaggi, ICLR 2020, algorithm
   * 1): each mask is made of the dense weights anew, so what was pruned comes back once its weight
   * has grown.
   */
  static RampedPruning withFeedback(TrainingJob job, SparsifierSpec spec, long steps) {
    return new RampedPruning(job, spec, steps, false);
  }

  /** When masks of a training of so many steps are made. */
  static MaskTimes times(SparsifierSpec spec, long steps) {
    ChangeSpan span = ChangeSpan.of(spec, steps);
    long last = spec.name().keepsDense() ? ChangeSpan.upTo(spec.lastChange(), steps) : span.end();
    return step -> {
      boolean within = step > span.begin() && step < Math.max(last, span.end());
      boolean due = (step - span.begin()) % spec.interval() == 0;
      return step == span.end() || (within && due) ? When.BEFORE : When.NEVER;
    };
  }

  @Override
  public When when(long step) {
    return times.when(step);
  }

  @Override
  public MaskChange change(
      long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient) {
    return MaskChange.to(
        NetworkPruning.prune(
            weights, shrinks ? masks : start, new MagnitudeRanking(), scope, ramp.at(step)));
  }
}
