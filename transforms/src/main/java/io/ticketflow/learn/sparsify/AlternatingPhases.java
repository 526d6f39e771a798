package io.ticketflow.learn.sparsify;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.SparsifierSpec;
import java.util.function.Supplier;

/**
 * AC/DC, alternating compressed and decompressed training (Peste, Iofinova, Vladu, Alistarh,
 * NeurIPS 2021, algorithm 1).
 *
 * <p>Epochs are counted from 0; E is how many the training has, e0 = ⌊begin · E⌋ and e1 = min(E −
 * 1, ⌈end · E⌉). Before e0 epochs are dense and from e1 on sparse, so the last one is always
 * sparse. Between them epoch e is sparse if ⌊(e − e0) / phaseEpochs⌋ is even, so the first phase
 * after the dense start is sparse; a phase that e1 ends is cut short.
 *
 * <p>A sparse phase begins with the mask of the largest weights of that moment, exactly the job's
 * count, and keeps it; pruned weights and their moments are 0. In a dense phase the masks are those
 * of the job, and what was pruned starts from 0.
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
   */
  record Phases(long stepsPerEpoch, int epochs, int phase, long firstSparse, long lastSparse)
      implements MaskTimes {
    static Phases of(SparsifierSpec spec, int epochs, long stepsPerEpoch) {
      ChangeSpan span = ChangeSpan.of(spec, epochs);
      return new Phases(
          stepsPerEpoch,
          epochs,
          spec.phaseEpochs(),
          span.begin(),
          Math.min(epochs - 1L, span.end()));
    }

    /** Whether an epoch is sparse; what comes before the first counts as dense. */
    boolean isSparse(long epoch) {
      if (epoch < firstSparse) {
        return false;
      }
      return epoch >= lastSparse || (epoch - firstSparse) / phase % 2 == 0;
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
    return MaskChange.to(
        phases.isSparse(step / phases.stepsPerEpoch())
            ? NetworkPruning.prune(weights, dense, new MagnitudeRanking(), scope, kept)
            : dense);
  }
}
