package io.ticketflow.learn.sparsify;

import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.SparsifierSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * When the masks of one training change. Known from the training's specification and the number of
 * its steps alone, so a plan can ask before there are weights or data.
 */
@FunctionalInterface
public interface MaskTimes {
  /** When masks change at a step. */
  enum When {
    NEVER,
    /** Before the step's forward pass. */
    BEFORE,
    /** After its backward pass, in place of its update of the weights. */
    INSTEAD
  }

  /** Masks that stay. */
  MaskTimes NEVER = step -> When.NEVER;

  /** Whether the masks change at a step, 0 … S; at S never in place of an update. */
  When when(long step);

  /**
   * The times of a training.
   *
   * @param stepsPerEpoch at least 1
   */
  static MaskTimes of(ParticleTraining plan, long stepsPerEpoch) {
    SparsifierSpec spec = plan.training().sparsifier().inSteps(stepsPerEpoch);
    if (!spec.isInside()) {
      return NEVER;
    }
    long steps = plan.epochs() * stepsPerEpoch;
    return switch (spec.name()) {
      case STATIC -> NEVER;
      case GMP, DPF -> RampedPruning.times(spec, steps);
      case SET, RIGL -> Regrowing.times(spec, steps);
      case ACDC -> AlternatingPhases.Phases.of(spec, plan.epochs(), stepsPerEpoch);
      case ISP -> DenoisedPruning.Times.of(spec, steps);
    };
  }

  /** How often the masks of a training change. */
  static long changes(ParticleTraining plan, long stepsPerEpoch) {
    MaskTimes times = of(plan, stepsPerEpoch);
    return LongStream.rangeClosed(0, plan.epochs() * stepsPerEpoch)
        .filter(step -> times.when(step) != When.NEVER)
        .count();
  }

  /** How many of a training's steps, or of AC/DC's epochs, come before the first change. */
  static long stepsBeforeBegin(ParticleTraining plan, long stepsPerEpoch) {
    SparsifierSpec spec = plan.training().sparsifier();
    return spec.name().hasPhases()
        ? AlternatingPhases.Phases.of(spec, plan.epochs(), stepsPerEpoch).firstSparse()
        : ChangeSpan.of(spec, plan.epochs() * stepsPerEpoch).begin();
  }

  /** Adds the keys by which no training's masks change. */
  static void idle(IdleKeys keys, Collection<ParticleTraining> trainings, long stepsPerEpoch) {
    List<ParticleTraining> changing =
        trainings.stream().filter(t -> t.training().sparsifier().isInside()).toList();
    if (changing.isEmpty()) {
      return;
    }
    String at = "training.sparsifier.";
    SparsifierSpec spec = changing.get(0).training().sparsifier().inSteps(stepsPerEpoch);
    long most = changing.stream().mapToLong(t -> changes(t, stepsPerEpoch)).max().orElse(0);
    long steps = changing.stream().mapToLong(t -> t.epochs() * stepsPerEpoch).max().orElse(0);
    String never =
        String.format(
            Locale.ROOT,
            "masks change every %d steps up to %s of the training, which has %d steps",
            spec.interval(),
            spec.end(),
            steps);
    for (String key : List.of("name", "begin", "end", "interval", "fraction", "decay", "grown")) {
      keys.none(most == 0, at + key, never);
    }
    keys.none(
            changing.stream().allMatch(t -> stepsBeforeBegin(t, stepsPerEpoch) == 0),
            at + "begin",
            String.format(Locale.ROOT, "it comes to 0 of the training's %d steps", steps))
        .none(
            most == 1,
            at + "interval",
            String.format(Locale.ROOT, "masks change once in the training's %d steps", steps))
        .none(most == 1, at + "phaseEpochs", "the training is too short for a second phase");
  }
}
