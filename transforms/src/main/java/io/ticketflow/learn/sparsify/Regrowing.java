package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.CosineDecay;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Regrowth;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.SparsifierSpec;
import java.util.function.Supplier;

/**
 * Masks whose layers keep their counts while entries come and go: at the steps t = k · interval, k
 * = 1, 2, …, with ⌊begin · S⌋ ≤ t &lt; t1 = ⌈end · S⌉, a fraction of each layer's entries is
 * dropped and grown that falls to 0 along a {@link CosineDecay} over t1.
 *
 * <ul>
 *   <li>SET (Mocanu et al. 2018, algorithm 2, by steps in place of epochs): before the step, the
 *       grown ones at random.
 *   <li>RigL (Evci et al., ICML 2020, algorithm 1): in place of the step's update, the grown ones
 *       by the dense gradient of the step's own batch.
 * </ul>
 */
final class Regrowing implements Sparsifier {
  private final boolean byGradient;
  private final MaskTimes times;
  private final CosineDecay fraction;
  private final DrawKey draws;

  Regrowing(TrainingJob job, long steps) {
    SparsifierSpec spec = job.training().sparsifier();
    byGradient = isByGradient(spec);
    times = times(spec, steps);
    fraction = new CosineDecay(spec.fraction(), ChangeSpan.of(spec, steps).end());
    draws = job.draws();
  }

  /** When entries of a training of so many steps are exchanged. */
  static MaskTimes times(SparsifierSpec spec, long steps) {
    ChangeSpan span = ChangeSpan.of(spec, steps);
    When change = isByGradient(spec) ? When.INSTEAD : When.BEFORE;
    return step -> {
      boolean within = step >= span.begin() && step < span.end();
      return within && step > 0 && step % spec.interval() == 0 ? change : When.NEVER;
    };
  }

  private static boolean isByGradient(SparsifierSpec spec) {
    return spec.name().growsByGradient();
  }

  @Override
  public When when(long step) {
    return times.when(step);
  }

  @Override
  public MaskChange change(
      long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient) {
    double dropped = fraction.at(step);
    Regrowth regrowth =
        byGradient
            ? Regrowth.byScores(weights, gradient.get(), masks, dropped)
            : Regrowth.atRandom(weights, tensor -> draws.grow(step, tensor), masks, dropped);
    return new MaskChange(regrowth.masks(), regrowth.survivors(), false);
  }
}
