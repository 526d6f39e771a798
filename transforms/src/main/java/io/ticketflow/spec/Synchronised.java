package io.ticketflow.spec;

import io.ticketflow.spec.PruningSpec.Criterion;

/**
 * One training under one mask, made of the matching ticket, in which particles become their mean
 * after every so many epochs and train on (PAPA-all: Jolicoeur-Martineau, Gervais, Fatras, Zhang
 * and Lacoste-Julien, "PopulAtion Parameter Averaging", TMLR 2024). A segment is what lies between
 * two means.
 *
 * <p>Each particle keeps its optimiser's state and its draws go on, so one particle alone is the
 * training in one piece, bit for bit.
 */
record Synchronised(RunSpec run) implements Segments {
  @Override
  public int firstCycle() {
    return 1;
  }

  @Override
  public int lastCycle() {
    int every = run.training().averageEvery();
    return (Schedules.rewound(run) + every - 1) / every;
  }

  @Override
  public long keptIn(int cycle, long total) {
    return run.model().masks()
        ? run.model().kept()
        : run.pruning().keptAfter(run.pruning().lastCycle(), total);
  }

  @Override
  public boolean takesMasks() {
    return true;
  }

  @Override
  public MaskStep mask(int cycle) {
    if (cycle > firstCycle()) {
      return new MaskStep(MaskStep.Kind.SAME, Criterion.MAGNITUDE);
    }
    return new MaskStep(
        run.model().masks() ? MaskStep.Kind.IMPORTED : MaskStep.Kind.START,
        run.pruning().criterion());
  }

  @Override
  public boolean resumes(int cycle) {
    return cycle > firstCycle() && cycle <= lastCycle();
  }

  @Override
  public int epochs(int cycle, int particle) {
    int every = run.training().averageEvery();
    return Math.min(every, Schedules.rewound(run) - every * (cycle - firstCycle()));
  }
}
