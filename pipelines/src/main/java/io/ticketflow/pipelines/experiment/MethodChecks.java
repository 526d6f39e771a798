package io.ticketflow.pipelines.experiment;

import io.ticketflow.learn.train.StepRates;
import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.spec.Voting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;

/** Combinations of settings that have no meaning, each refused with its reason. */
final class MethodChecks {
  /** Steps of an epoch at which rates are looked at, before the data say how many there are. */
  private static final int FINE = 100;

  /** Weights of which densities keep a part, before the model says how many there are. */
  private static final long MANY = 1_000_000;

  private final RunSpec run;

  private MethodChecks(RunSpec run) {
    this.run = run;
  }

  /** Checks what makes the method of a run. */
  static void check(RunSpec run) {
    MethodChecks checks = new MethodChecks(run);
    checks.masks();
    checks.sparsifier();
    checks.retraining();
    checks.particles();
    checks.measures();
    checks.pool();
    checks.voting();
    checks.controls();
    checks.members();
    checks.averaging(new ParticleTrainings(run)); // lengths and rates are checked where made
  }

  private void masks() {
    PruningSpec pruning = run.pruning();
    boolean cyclic = pruning.shape() == PruningSpec.Shape.CYCLIC;
    refuse(
        (pruning.criterion().readsCurvature() || (cyclic && pruning.initial().readsCurvature()))
            && pruning.saliency().batchSize() == 1,
        "pruning.saliency.batchSize must be above 1 for grasp: the curvature over one image tells"
            + " nothing of how gradients flow");
    boolean atInitialisation = pruning.when() == PruningSpec.When.AT_INITIALISATION;
    refuse(
        run.firstCycle() > run.lastCycle() - run.perturbed().members(),
        "pruning.cycles must be at least 1, or pruning.densities name a density: there is no dense"
            + " cycle 0 where masks do not come from trained networks");
    refuse(
        run.firstCycle() > 0 // no cycle goes on from another
            && run.regime().rewinds()
            && run.nextCycle().weights() == NextCycleSpec.Weights.AVERAGED,
        "nextCycle.weights must be rewind where every cycle trains a mask of its own from the"
            + " matching ticket, got averaged");
    refuse(
        cyclic && (atInitialisation || run.nextCycle().weights() == NextCycleSpec.Weights.REWIND),
        "pruning.shape cyclic trains one mask on and on: it needs pruning.when after-training and"
            + " nextCycle.weights averaged");
    refuse(
        cyclic && (pruning.oneShot() || pruning.lastCycle() < 2),
        "pruning.shape cyclic needs at least 2 cycles, and not pruning.oneShot");
    refuse(
        cyclic && pruning.keptAfter(0, MANY) < pruning.keptAfter(pruning.lastCycle(), MANY),
        "pruning.initialDensity must be at least the last cycle's density, got "
            + pruning.initialDensity());
    refuse(
        atInitialisation && run.training().sparsifier().name() != SparsifierSpec.Name.STATIC,
        "training.sparsifier.name must be static with pruning.when at-initialisation: a sparsifier"
            + " makes its masks itself");
  }

  private void sparsifier() {
    refuse(
        run.regime().changesMasksInTraining() && Collections.max(run.particles()) > 1,
        "particles must be 1 where each would change its own mask: networks of different masks"
            + " have no sparse mean; training.sparsifier.shared: true gives them one mask");
    SegmentChecks.check(run);
  }

  private void retraining() {
    NextCycleSpec next = run.nextCycle();
    boolean rewinds = next.weights() == NextCycleSpec.Weights.REWIND;
    refuse(
        rewinds && !next.followsSchedule(),
        "nextCycle.schedule "
            + name(next.schedule())
            + " retrains the pruned average; with nextCycle.weights rewind the weights train by"
            + " their own schedule again: lrw or full, or nextCycle.weights averaged");
    refuse(
        rewinds && (next.epochs() > 0 || next.times() > 1),
        "nextCycle.epochs and nextCycle.times are of a retraining of the pruned average; with"
            + " nextCycle.weights rewind a cycle trains from training.rewindEpochs to"
            + " training.epochs");
    refuse(
        rewinds && !run.variation().isNone(),
        "variation is between copies that retrain the pruned average; it needs nextCycle.weights"
            + " averaged, got rewind");
    refuse(
        next.followsSchedule() && !run.variation().learningRates().isEmpty(),
        "variation.learningRates has no meaning with nextCycle.schedule "
            + name(next.schedule())
            + ", which replays the schedule's own rates");
  }

  private void measures() {
    boolean validates = run.data().validation() > 0;
    MeasureSpec measure = run.measure();
    refuse(
        !validates && !measure.take().isEmpty() && measure.split() == MeasureSpec.Split.VALIDATION,
        "measure.split is validation; data.validation must be above 0");
    refuse(
        !validates && measure.takes(MeasureSpec.Name.CALIBRATION),
        "measure.take: calibration fits a temperature to validation; data.validation must be above"
            + " 0");
    try {
      Corruption.named(measure.corruptions());
    } catch (IllegalArgumentException e) {
      refuse(true, "measure.corruptions: " + e.getMessage());
    }
    refuse(
        measure.takes(MeasureSpec.Name.CORRUPTIONS)
            && measure.isPublished()
            && !Files.isDirectory(Path.of(measure.corrupted())),
        "measure.corrupted: there is no folder " + measure.corrupted());
  }

  private void particles() {
    boolean validates = run.data().validation() > 0;
    refuse(
        !validates && run.merge().validates(),
        "merge: " + name(run.merge()) + " chooses by validation; data.validation must be above 0");
    refuse(
        !validates && run.adaptive().perRound() > 0,
        "adaptive.perRound decides by validation; data.validation must be above 0");
    refuse(
        run.adaptive().perRound() > 0 && run.merge() != Merge.MEAN,
        "adaptive.perRound needs merge: mean, whose validation loss decides");
  }

  /** A rise of the rate would undo what training has come to before the averaging begins. */
  private void averaging(ParticleTrainings trainings) {
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      for (int particle = 0; particle < run.particlesIn(cycle); particle++) {
        ParticleTraining training = trainings.of(cycle, particle);
        StepRates rates = new StepRates(training, 1, FINE);
        double rise = rates.rise((long) FINE * training.startEpoch());
        if (rise > 0 && !training.training().swa().mayRise()) {
          throw UserException.of(
              "training.swa.learningRate must be at most the rate before the averaging, but in"
                  + " cycle %s it is %s after %s: lower it, set training.swa.anneal: cosine, or"
                  + " allow the rise with training.swa.mayRise: true",
              cycle, rates.averaged(), (float) (rates.averaged() - rise));
        }
      }
    }
  }

  private void pool() {
    if (!run.pool().isNone()) {
      PoolChecks.check(run);
      refuse(
          run.members() > 1 || run.tickets().isControl(),
          "pool.kinds needs a run of its own: not members of an ensemble, and no tickets.from");
      refuse(
          run.pool().joined(),
          "pool.joined needs an input: it joins the runs of an earlier output");
    }
  }

  private void voting() {
    refuse(
        run.pruning().voting() != Voting.MEAN
            && run.pruning().criterion() != PruningSpec.Criterion.MAGNITUDE,
        "pruning.voting is over the largest weights of each particle; pruning.criterion must be"
            + " magnitude");
  }

  private void controls() {
    if (run.tickets().isControl()) {
      refuse(
          run.members() > 1
              || run.training().sparsifier().name() != SparsifierSpec.Name.STATIC
              || run.nextCycle().weights() != NextCycleSpec.Weights.REWIND,
          "tickets.from trains the tickets of another method: members must be 1, the sparsifier"
              + " static and nextCycle.weights rewind");
    }
  }

  private void members() {
    refuse(
        run.perturbed().members() > 0
            && (run.merge() != Merge.MEAN
                || run.adaptive().perRound() > 0
                || run.members() > 1
                || run.tickets().isControl()),
        "perturbed.members needs merge: mean, members: 1, all particles at once and tickets of its"
            + " own, as each goes on from the one before");
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  static void refuse(boolean meaningless, String reason) {
    if (meaningless) {
      throw new UserException(reason);
    }
  }
}
