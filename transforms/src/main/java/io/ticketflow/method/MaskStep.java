package io.ticketflow.method;

import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
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

  /** Adds the keys that no mask of a run is made by. */
  public static void idle(IdleKeys keys, RunSpec run) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    Set<Criterion> used = EnumSet.noneOf(Criterion.class);
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      MaskStep step = of(run, cycle);
      if (step.kind != Kind.FULL && step.kind != Kind.REGROW && !run.tickets().isControl()) {
        used.add(step.criterion);
      }
    }
    boolean grows = sparsifier.shared() && sparsifier.name() == SparsifierSpec.Name.RIGL;
    boolean gradients = grows || used.contains(Criterion.SNIP) || used.contains(Criterion.GRASP);
    String at = "pruning.saliency.";
    String blind = "no mask is made by gradients";
    keys.none(
            sparsifier.name() != SparsifierSpec.Name.STATIC,
            "pruning.criterion",
            "the sparsifier makes the masks by a rule of its own")
        .none(!gradients, at + "batchSize", blind)
        .none(!gradients, at + "batches", blind)
        .none(!used.contains(Criterion.SYNFLOW), at + "rounds", "no mask is made by synflow")
        .none(!used.contains(Criterion.GRASP), at + "temperature", "no mask is made by grasp");
  }
}
