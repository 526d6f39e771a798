package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.math.CosineDecay;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Regrowth;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.SparsifierSpec;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Masks whose layers keep their counts while entries come and go: at the steps t = k · interval, k
 * = 1, 2, …, with ⌊begin · S⌋ ≤ t &lt; t1 = ⌈end · S⌉, a fraction of each layer's entries is
 * dropped and grown: see {@link #fraction}. A layer that keeps everything stays as it is.
 *
 * <ul>
 *   <li>SET (Mocanu et al. 2018, algorithm 2): before the step, the grown ones at random. Mocanu's
 *       own drops a constant fraction after every epoch but the last, and draws the grown weights
 *       as it drew the first ones; it drops positive and negative weights by themselves, where here
 *       magnitude alone counts.
 *   <li>RigL (Evci et al., ICML 2020, algorithm 1): in place of the step's update, the grown ones
 *       by the dense gradient of the step's own batch.
 * </ul>
 */
public final class Regrowing implements Sparsifier {
  private final boolean byGradient;
  private final MaskTimes times;
  private final SparsifierSpec spec;
  private final long end;
  private final DrawKey draws;

  Regrowing(TrainingJob job, SparsifierSpec spec, long steps) {
    this.spec = spec;
    byGradient = isByGradient(spec);
    times = times(spec, steps);
    end = ChangeSpan.of(spec, steps).end();
    draws = job.draws();
  }

  /**
   * The fraction of a layer's entries that a change exchanges: {@code fraction}, which falls to 0
   * along a {@link CosineDecay}, or stays where {@code decay} is constant.
   *
   * @param at a step, or a change, below end
   */
  public static double fraction(SparsifierSpec spec, long at, long end) {
    return spec.decay() == SparsifierSpec.Decay.CONSTANT
        ? spec.fraction()
        : new CosineDecay(spec.fraction(), end).at(at);
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
    double dropped = fraction(spec, step, end);
    Regrowth regrowth =
        byGradient
            ? Regrowth.byScores(weights, gradient.get(), masks, dropped)
            : Regrowth.atRandom(weights, tensor -> draws.grow(step, tensor), masks, dropped);
    Optional<TensorSet> grown =
        spec.grown()
            .distribution()
            .map(
                rule ->
                    regrowth.grown(
                        weights,
                        tensor ->
                            Initialisation.drawn(tensor, rule, draws.grown(step, tensor.name()))));
    return new MaskChange(regrowth.masks(), regrowth.survivors(), grown, false);
  }
}
