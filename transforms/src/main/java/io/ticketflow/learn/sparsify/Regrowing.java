package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.train.DrawKey;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.math.CosineDecay;
import io.ticketflow.math.Mask;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.store.Regrowth;
import io.ticketflow.store.TensorSet;
import java.util.Map;
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
  private final long interval;
  private final ChangeSpan span;
  private final CosineDecay fraction;
  private final DrawKey draws;

  Regrowing(TrainingJob job, long steps) {
    SparsifierSpec spec = job.training().sparsifier();
    byGradient = spec.name() == SparsifierSpec.Name.RIGL;
    interval = spec.interval();
    span = ChangeSpan.of(spec, steps);
    fraction = new CosineDecay(spec.fraction(), span.end());
    draws = job.draws();
  }

  @Override
  public When when(long step) {
    boolean changes = step > 0 && step % interval == 0 && step >= span.begin() && step < span.end();
    if (!changes) {
      return When.NEVER;
    }
    return byGradient ? When.INSTEAD : When.BEFORE;
  }

  @Override
  public MaskChange change(
      long step, Map<String, Mask> masks, TensorSet weights, Supplier<TensorSet> gradient) {
    double dropped = fraction.at(step);
    Regrowth regrowth =
        byGradient
            ? Regrowth.byScores(weights, gradient.get(), masks, dropped)
            : Regrowth.atRandom(weights, tensor -> draws.grow(step, tensor), masks, dropped);
    return new MaskChange(regrowth.masks(), regrowth.survivors());
  }
}
