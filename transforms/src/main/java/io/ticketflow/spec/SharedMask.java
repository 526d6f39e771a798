package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import io.ticketflow.spec.PruningSpec.Criterion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One training in segments, under one mask that all particles share (SWAMP on GMP, SET, RigL or
 * DPF): between segments the mean of the particles decides the next mask.
 */
record SharedMask(RunSpec run) implements Segments {
  @Override
  public int firstCycle() {
    return 0;
  }

  @Override
  public int lastCycle() {
    return sparsifier().segments();
  }

  @Override
  public long keptIn(int cycle, long total) {
    PruningSpec pruning = run.pruning();
    long last = pruning.keptAfter(pruning.lastCycle(), total);
    if (sparsifier().regrows()) {
      return last;
    }
    // Zhu and Gupta's ramp, eq. 1, over the segments.
    BigDecimal left =
        BigDecimal.ONE.subtract(
            BigDecimal.valueOf(cycle)
                .divide(BigDecimal.valueOf(sparsifier().segments()), MathContext.DECIMAL64));
    return BigDecimal.valueOf(last)
        .add(BigDecimal.valueOf(total - last).multiply(left.pow(3)))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  @Override
  public MaskStep mask(int cycle) {
    if (cycle == 0) {
      return MaskStep.before(sparsifier());
    }
    MaskStep.Kind sparse =
        sparsifier().name().keepsDense() ? MaskStep.Kind.LATENT : MaskStep.Kind.SOLUTION;
    return new MaskStep(
        sparsifier().regrows() ? MaskStep.Kind.REGROW : sparse, Criterion.MAGNITUDE);
  }

  @Override
  public int epochs(int cycle, int particle) {
    int all = Schedules.rewound(run);
    int length = boundary(cycle + 1, all) - boundary(cycle, all);
    check(
        length >= 1,
        "training.sparsifier.segments",
        "few enough for an epoch each of the training's " + all,
        sparsifier().segments());
    return length;
  }

  /** Epochs before segment k: K segments up to {@code end}, one more to the training's end. */
  private int boundary(int segment, int all) {
    int segments = sparsifier().segments();
    return segment > segments
        ? all
        : (int) Math.round(all * sparsifier().end() * segment / segments);
  }

  private SparsifierSpec sparsifier() {
    return run.training().sparsifier();
  }
}
