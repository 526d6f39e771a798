package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.SparsifierSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * ISP, Instant Soup pruning (Jaiswal, Liu, Chen, Ding, Wang, ICML 2023): of n cycles of one
 * training the k-th has k times {@code interval} steps. The end of each takes the same share of
 * what is left, and that of the last leaves exactly the job's count. Cycles end before the steps t0
 * + interval · k(k + 1)/2 below t1, where t0 = ⌊begin · S⌋ and t1 = ⌈end · S⌉, and before step t1.
 *
 * <p>A mask is the union of the largest weights of the network and of its copies, each within the
 * mask before. In the authors' code (isp_dynamic.py of VITA-Group/instant_soup) each copy's mask
 * has the cycle's count, their union has more, and only the last mask is cut, by the network's own
 * weights. Such a cut in every cycle would undo what copies add, for the union holds the network's
 * own mask; so here the masks that are united are as much smaller as makes the union's count that
 * of the cycle. Without copies it is progressive pruning.
 */
final class DenoisedPruning implements Sparsifier {
  private final long dense;
  private final long kept;
  private final Times times;
  private final PruningSpec.Scope scope;
  private final int copies;

  DenoisedPruning(TrainingJob job, SparsifierSpec spec, long steps) {
    this.dense = job.masks().kept();
    this.kept = job.kept();
    this.times = Times.of(spec, steps);
    this.scope = job.scope();
    this.copies = spec.lookAhead().copies();
  }

  /**
   * When cycles end.
   *
   * @param steps before which, ascending
   */
  record Times(List<Long> steps) implements MaskTimes {
    static Times of(SparsifierSpec spec, long steps) {
      ChangeSpan span = ChangeSpan.of(spec, steps);
      List<Long> ends = new ArrayList<>();
      long end = span.begin() + spec.interval();
      while (end < span.end()) {
        ends.add(end);
        end += spec.interval() * (ends.size() + 1L);
      }
      ends.add(span.end());
      return new Times(List.copyOf(ends));
    }

    /** Which cycle ends before a step, from 1; not above 0 if none does. */
    int cycle(long step) {
      return Collections.binarySearch(steps, step) + 1;
    }

    @Override
    public When when(long step) {
      return cycle(step) > 0 ? When.BEFORE : When.NEVER;
    }
  }

  @Override
  public When when(long step) {
    return times.when(step);
  }

  @Override
  public int copies() {
    return copies;
  }

  @Override
  public MaskChange change(
      long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient) {
    return change(step, masks, weights, List.of());
  }

  @Override
  public MaskChange change(long step, Masks masks, TensorSet weights, List<TensorSet> ahead) {
    double done = (double) times.cycle(step) / times.steps().size();
    long left = done == 1 ? kept : Math.round(dense * StrictMath.pow((double) kept / dense, done));
    return MaskChange.to(
        NetworkPruning.union(
            Stream.concat(Stream.of(weights), ahead.stream()).toList(),
            masks,
            new MagnitudeRanking(),
            scope,
            left));
  }
}
