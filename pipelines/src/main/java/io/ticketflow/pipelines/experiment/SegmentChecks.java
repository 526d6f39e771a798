package io.ticketflow.pipelines.experiment;

import static io.ticketflow.pipelines.experiment.MethodChecks.refuse;

import io.ticketflow.settings.Settings;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;

/** What has no meaning where particles go through one training in segments. */
final class SegmentChecks {
  private SegmentChecks() {}

  /** Refuses that, with its reason. */
  static void check(RunSpec run) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    if (sparsifier.shared()) {
      inStep(run, "training.sparsifier.shared", "the mask is that of the mean of all");
      shared(sparsifier, Settings.defaults().run(0).training().sparsifier());
    }
    if (run.training().averageEvery() > 0) {
      inStep(run, "training.averageEvery", "all of them become their mean");
      synchronised(run);
    }
  }

  private static void inStep(RunSpec run, String key, String why) {
    refuse(
        run.merge() != Merge.MEAN || run.adaptive().perRound() > 0,
        key + " needs merge: mean and all particles at once: " + why);
    refuse(
        run.pruning().shape() == PruningSpec.Shape.CYCLIC,
        key + " makes its own densities; pruning.shape must be geometric");
  }

  private static void synchronised(RunSpec run) {
    refuse(
        run.pruning().when() != PruningSpec.When.AT_INITIALISATION
            || run.training().sparsifier().name() != SparsifierSpec.Name.STATIC,
        "training.averageEvery trains one mask that is there before: pruning.when must be"
            + " at-initialisation and training.sparsifier.name static");
    refuse(
        run.particles().stream().distinct().count() > 1,
        "training.averageEvery needs one number of particles, as each trains on, got "
            + run.particles());
    refuse(
        run.tickets().isControl()
            || run.nextCycle().weights() != NextCycleSpec.Weights.REWIND
            || !run.nextCycle().followsSchedule(),
        "training.averageEvery is one training: tickets.from must not be set, nextCycle.weights"
            + " must be rewind and nextCycle.schedule lrw or full");
  }

  private static void shared(SparsifierSpec sparsifier, SparsifierSpec unset) {
    String between =
        " must not be set with training.sparsifier.shared: true, as a shared mask changes";
    refuse(
        sparsifier.begin() != unset.begin(),
        "training.sparsifier.begin" + between + " after every segment, got " + sparsifier.begin());
    refuse(
        sparsifier.interval() != unset.interval(),
        "training.sparsifier.interval"
            + between
            + " when training.sparsifier.segments says, got "
            + sparsifier.interval());
  }
}
