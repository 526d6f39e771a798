package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.SparsifierSpec;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * AC/DC, alternating compressed and decompressed training (Peste, Iofinova, Vladu, Alistarh,
 * NeurIPS 2021, algorithm 1).
 *
 * <p>Epochs are counted from 0; E is how many the training has, e0 = ⌊begin · E⌋, but at least 1
 * where begin is above 0, and e1 = min(E − 1, ⌈end · E⌉). Before e0 epochs are dense and from e1 on
 * sparse, so the last one is always sparse. Between them come pairs of a sparse and a dense phase
 * of {@code phaseEpochs} each, or of round(E / 10) if that is 0; what is left over of e1 − e0
 * lengthens the last dense phase, as in the paper's schedules. No phase is cut short.
 *
 * <p>A sparse phase begins with the mask of the largest weights of that moment, exactly the job's
 * count, and keeps it; pruned weights and their moments are 0. In a dense phase the masks are those
 * of the job, what was pruned starts from 0, and so do all of the optimiser's moments, as in the
 * authors' code.
 */
final class AlternatingPhases implements Sparsifier {
  private final Phases phases;
  private final Masks dense;
  private final long kept;
  private final PruningSpec.Scope scope;

  AlternatingPhases(TrainingJob job, long stepsPerEpoch) {
    this.phases = Phases.of(job.training().sparsifier(), job.plan().epochs(), stepsPerEpoch);
    this.dense = job.masks();
    this.kept = job.kept();
    this.scope = job.scope();
  }

  /**
   * Which epochs are sparse.
   *
   * @param firstSparse e0
   * @param lastSparse e1
   * @param pairs how many pairs of phases there are between them
   */
  record Phases(
      long stepsPerEpoch, int epochs, long phase, long firstSparse, long lastSparse, long pairs)
      implements MaskTimes {
    static Phases of(SparsifierSpec spec, int epochs, long stepsPerEpoch) {
      ChangeSpan span = ChangeSpan.of(spec, epochs);
      long first = spec.begin() > 0 ? Math.max(1, span.begin()) : 0;
      long last = Math.min(epochs - 1L, span.end());
      long tenth = Math.max(1, Math.round(epochs / 10.0));
      long phase = spec.phaseEpochs() > 0 ? spec.phaseEpochs() : tenth;
      long pairs = Math.max(0, last - first) / (2 * phase);
      return new Phases(stepsPerEpoch, epochs, phase, first, last, pairs);
    }

    /** Whether an epoch is sparse; what comes before the first counts as dense. */
    boolean isSparse(long epoch) {
      if (epoch >= lastSparse) {
        return true;
      }
      long number = Math.floorDiv(epoch - firstSparse, phase);
      return number >= 0 && number < 2 * pairs && number % 2 == 0;
    }

    @Override
    public When when(long step) {
      long epoch = step / stepsPerEpoch;
      boolean begins = step % stepsPerEpoch == 0 && epoch < epochs;
      return begins && isSparse(epoch) != isSparse(epoch - 1) ? When.BEFORE : When.NEVER;
    }
  }

  @Override
  public When when(long step) {
    return phases.when(step);
  }

  @Override
  public MaskChange change(
      long step, Masks masks, TensorSet weights, Supplier<TensorSet> gradient) {
    return phases.isSparse(step / phases.stepsPerEpoch())
        ? MaskChange.to(NetworkPruning.prune(weights, dense, new MagnitudeRanking(), scope, kept))
        : new MaskChange(dense, dense, Optional.empty(), true);
  }
}
