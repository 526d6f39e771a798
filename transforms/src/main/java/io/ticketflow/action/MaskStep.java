package io.ticketflow.action;

import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;

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
    /** The matching ticket is pruned, whatever the cycle. */
    START,
    /** The solution of the cycle before is pruned: masks only shrink. */
    SOLUTION,
    /** The dense weights behind that solution are pruned anew: entries may come back. */
    LATENT,
    /** Entries of that solution are dropped, and as many others grow. */
    REGROW
  }

  /** The step to a cycle of a run. */
  public static MaskStep of(RunSpec run, int cycle) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    PruningSpec pruning = run.pruning();
    boolean first = cycle == 0;
    if (sparsifier.isInside() || (sparsifier.shared() && first)) {
      return new MaskStep(sparsifier.regrows() ? Kind.START : Kind.FULL, Criterion.RANDOM);
    } else if (sparsifier.shared()) {
      return new MaskStep(between(sparsifier.name()), Criterion.MAGNITUDE);
    } else if (pruning.when() == PruningSpec.When.AT_INITIALISATION) {
      return new MaskStep(Kind.START, pruning.criterion());
    } else if (first && pruning.shape() == PruningSpec.Shape.CYCLIC) {
      return new MaskStep(Kind.START, pruning.initial());
    }
    return new MaskStep(first ? Kind.FULL : Kind.SOLUTION, pruning.criterion());
  }

  private static Kind between(SparsifierSpec.Name sparsifier) {
    return switch (sparsifier) {
      case SET, RIGL -> Kind.REGROW;
      case DPF -> Kind.LATENT;
      case STATIC, GMP, ACDC -> Kind.SOLUTION;
    };
  }
}
