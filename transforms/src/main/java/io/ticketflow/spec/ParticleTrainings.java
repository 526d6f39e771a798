package io.ticketflow.spec;

import static io.ticketflow.spec.SpecException.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The trainings of a run: how long each one is, and at which learning rates.
 *
 * <p>Under a budget every training has its share in proportion to its length without one; shares
 * are rounded so that they sum to the budget exactly, but for what SAM's two passes a step, or an
 * ensemble's members, leave over.
 */
public final class ParticleTrainings {
  private final RunSpec run;

  /** Epochs of the particles of the first cycle, the next, …, without a budget and as they are. */
  private final List<int[]> natural = new ArrayList<>();

  private final List<int[]> lengths;

  /**
   * The trainings of that run.
   *
   * @throws SpecException if one would have no epoch
   */
  public ParticleTrainings(RunSpec run) {
    this.run = run;
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      int at = cycle;
      natural.add(
          IntStream.range(0, run.particlesIn(cycle))
              .map(particle -> naturalEpochs(at, particle))
              .toArray());
    }
    lengths = run.budgetEpochs() == 0 ? natural : matched();
  }

  /** Cumulative shares are rounded, so they sum to the whole. */
  private List<int[]> matched() {
    long rewind = run.training().rewindEpochs();
    long passes = run.budgetEpochs() / run.members();
    long epochs = passes / run.training().optimiser().passes() - rewind;
    long sum = natural.stream().flatMapToInt(IntStream::of).asLongStream().sum();
    long count = natural.stream().mapToLong(cycle -> cycle.length).sum();
    check(
        epochs >= count,
        "budget",
        "an epoch at least for each of the run's "
            + count
            + " trainings after its "
            + rewind
            + " to the matching ticket",
        run.budgetEpochs());
    List<int[]> shares = new ArrayList<>();
    long end = 0;
    long given = 0;
    for (int[] cycle : natural) {
      int[] share = new int[cycle.length];
      for (int i = 0; i < share.length; i++, count--) {
        end += cycle[i];
        // As many are left as there are trainings to come, and everyone gets one.
        long due = Math.round((double) epochs * end / sum);
        share[i] = (int) (Math.min(Math.max(due, given + 1), epochs - count + 1) - given);
        given += share[i];
      }
      shares.add(share);
    }
    return run.training().sparsifier().shared() ? inStep(shares, epochs) : shares;
  }

  /**
   * Particles under one mask go in step until its last change; what that leaves over comes after.
   */
  private static List<int[]> inStep(List<int[]> shares, long epochs) {
    long left = epochs;
    for (int[] share : shares.subList(0, shares.size() - 1)) {
      Arrays.fill(share, Arrays.stream(share).min().orElse(1));
      left -= Arrays.stream(share).asLongStream().sum();
    }
    int[] last = shares.get(shares.size() - 1);
    for (int i = 0; i < last.length; i++) {
      last[i] = (int) ((left + last.length - 1 - i) / last.length);
    }
    return shares;
  }

  /** Passes over the train split in all: those to the matching ticket, and every particle's. */
  public long passes() {
    long epochs = lengths.stream().flatMapToInt(IntStream::of).asLongStream().sum();
    return (long) run.members()
        * run.training().optimiser().passes()
        * (epochs + run.training().rewindEpochs());
  }

  /**
   * One training.
   *
   * @param cycle firstCycle … lastCycle
   * @param particle 0 … particlesIn(cycle) − 1
   */
  public ParticleTraining of(int cycle, int particle) {
    if (run.training().sparsifier().shared()) {
      return segment(cycle, particle);
    }
    int length = epochs(cycle, particle);
    int usual = natural.get(cycle - run.firstCycle())[particle];
    TrainingSpec training = run.training();
    int whole = (int) Math.max(length, Math.round((double) training.epochs() * length / usual));
    RateSpec rates = RateSpec.SCHEDULE;
    int start = training.rewindEpochs();
    if (retrains(cycle)) {
      training =
          training.withWeightDecay(
              VariationSpec.of(
                  run.variation().weightDecays(), particle, training.optimiser().weightDecay()));
      rates = rates(particle);
      start = rates.rule() == RateSpec.Rule.SCHEDULE ? whole - length : 0;
    } else if (length != usual) {
      whole = start + length;
    }
    return training(training.stretchedTo(whole), start, length, rates, averaged(length));
  }

  /** Segment k of a training under a shared mask; the last one may be averaged. */
  private ParticleTraining segment(int cycle, int particle) {
    int start = run.training().rewindEpochs();
    int whole = start;
    for (int before = 0; before <= run.lastCycle(); before++) {
      int length = epochs(before, 0);
      start += before < cycle ? length : 0;
      whole += length;
    }
    int length = epochs(cycle, cycle == run.lastCycle() ? particle : 0);
    int averaged =
        cycle == run.lastCycle()
            ? Math.min(length, averaged(whole - run.training().rewindEpochs()))
            : 0;
    TrainingSpec training = run.training().stretchedTo(Math.max(whole, start + length));
    return training(training, start, length, RateSpec.SCHEDULE, averaged);
  }

  private static ParticleTraining training(
      TrainingSpec training, int start, int length, RateSpec rates, int averaged) {
    SparsifierSpec sparsifier = training.sparsifier();
    TrainingSpec plain = averaged == 0 ? training.withSwa(SwaSpec.NONE) : training;
    return new ParticleTraining(
        sparsifier.isInside() || sparsifier.name() == SparsifierSpec.Name.DPF
            ? plain
            : plain.withSparsifier(SparsifierSpec.NONE),
        start,
        start + length,
        rates,
        averaged);
  }

  private int averaged(int epochs) {
    return run.training().swa().epochsOf(epochs);
  }

  private boolean retrains(int cycle) {
    return cycle > 0 && run.nextCycle().weights() == NextCycleSpec.Weights.AVERAGED;
  }

  private RateSpec rates(int particle) {
    NextCycleSpec next = run.nextCycle();
    double peak = VariationSpec.of(run.variation().learningRates(), particle, 0.0);
    return switch (next.schedule()) {
      case LRW -> RateSpec.SCHEDULE;
      case FT -> new RateSpec(RateSpec.Rule.FT, peak, 0);
      case SLR -> new RateSpec(RateSpec.Rule.SLR, peak, next.warmup());
      case CLR -> new RateSpec(RateSpec.Rule.CLR, peak, next.warmup());
      case LLR -> new RateSpec(RateSpec.Rule.LLR, peak, next.warmup());
      case ALLR -> new RateSpec(RateSpec.Rule.ALLR, peak, next.warmup());
    };
  }

  private int epochs(int cycle, int particle) {
    return lengths.get(cycle - run.firstCycle())[particle];
  }

  private int naturalEpochs(int cycle, int particle) {
    TrainingSpec training = run.training();
    int all = training.epochs() - training.rewindEpochs();
    SparsifierSpec sparsifier = training.sparsifier();
    if (sparsifier.shared()) {
      int length = boundary(cycle + 1, all, sparsifier) - boundary(cycle, all, sparsifier);
      check(
          length >= 1,
          "training.sparsifier.segments",
          "few enough for an epoch each of the training's " + all,
          sparsifier.segments());
      return length;
    }
    if (!retrains(cycle)) {
      return all;
    }
    NextCycleSpec next = run.nextCycle();
    int own = VariationSpec.of(run.variation().lengths(), particle, next.epochs());
    int length = Math.multiplyExact(own == 0 ? all : own, next.times());
    check(
        next.schedule() != NextCycleSpec.Schedule.LRW || length <= training.epochs(),
        "nextCycle.epochs",
        "at most training.epochs (" + training.epochs() + ") for lrw, which replays them",
        length);
    return length;
  }

  /** Epochs before segment k: K segments up to {@code end}, one more to the training's end. */
  private static int boundary(int segment, int all, SparsifierSpec sparsifier) {
    return segment > sparsifier.segments()
        ? all
        : (int) Math.round(all * sparsifier.end() * segment / sparsifier.segments());
  }
}
