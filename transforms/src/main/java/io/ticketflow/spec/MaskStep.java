package io.ticketflow.spec;

import io.ticketflow.spec.PruningSpec.Criterion;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the mask that a cycle begins with comes about.
 *
 * @param criterion what ranks, where something is pruned
 */
public record MaskStep(Kind kind, Criterion criterion) {
  /** Of what a mask is made. */
  public enum Kind {
    /** It keeps everything. */
    FULL,
    /** It comes from a file, {@link ModelSpec#masks}. */
    IMPORTED,
    /** The matching ticket is pruned, whatever the cycle. */
    START,
    /** The solution of the cycle before is pruned: masks only shrink. */
    SOLUTION,
    /** The dense weights behind that solution are pruned anew: entries may come back. */
    LATENT,
    /** It is that of the cycle before. */
    SAME,
    /** Entries of that solution are dropped, and as many others grow. */
    REGROW;

    /** Whether a criterion ranks entries for it. */
    boolean ranks() {
      return this == START || this == SOLUTION || this == LATENT;
    }
  }

  /** What a sparsifier begins with: a random mask if its density stays, else a full one. */
  static MaskStep before(SparsifierSpec sparsifier) {
    return new MaskStep(sparsifier.regrows() ? Kind.START : Kind.FULL, Criterion.RANDOM);
  }

  /** Adds the keys that no mask of a run is made by. */
  public static void idle(IdleKeys keys, RunSpec run) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    Set<Criterion> used = EnumSet.noneOf(Criterion.class);
    boolean merged = false;
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      MaskStep step = run.regime().mask(cycle);
      if (step.kind.ranks() && !run.tickets().isControl()) {
        used.add(step.criterion);
        merged |= step.kind == Kind.SOLUTION;
      }
    }
    boolean grows = sparsifier.shared() && sparsifier.name().growsByGradient();
    boolean gradients = grows || used.stream().anyMatch(Criterion::readsImages);
    String at = "pruning.saliency.";
    String blind = "no mask is made by gradients";
    keys.none(
            sparsifier.name() != SparsifierSpec.Name.STATIC,
            "pruning.criterion",
            "the sparsifier makes the masks by a rule of its own")
        .none(!merged, "pruning.voting", "no mask is made of a merged network")
        .none(!gradients, at + "batchSize", blind)
        .none(!gradients, at + "batches", blind)
        .none(
            used.stream().noneMatch(each -> each.uses("rounds")),
            at + "rounds",
            "no mask is made by synflow")
        .none(
            used.stream().noneMatch(each -> each.uses("temperature")),
            at + "temperature",
            "no mask is made by grasp");
  }
}
