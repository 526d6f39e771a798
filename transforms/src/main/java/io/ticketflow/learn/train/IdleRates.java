package io.ticketflow.learn.train;

import io.ticketflow.settings.Remembered;
import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.ScheduleSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Keys of learning rates that change no step: each is tried with another value, and all rates are
 * compared.
 */
public record IdleRates(Collection<ParticleTraining> trainings, long stepsPerEpoch) {
  private static final String NO_STEP = "no step's learning rate depends on it";

  /** Most trainings of a sweep are those of several runs. */
  private static final Remembered<Pair, Boolean> SAME = new Remembered<>(4096, Pair::isSame);

  /** Adds them. */
  public void idle(IdleKeys keys, ScheduleSpec schedule) {
    String at = "training.schedule.";
    double rate = schedule.learningRate();
    double end = schedule.finalLearningRate();
    keys.none(same(s -> with(s, s.name(), 2 * rate, s.milestones())), at + "learningRate", NO_STEP);
    if (schedule.name() != ScheduleSpec.Name.CONSTANT) {
      keys.none(
          same(s -> with(s, ScheduleSpec.Name.CONSTANT, rate, s.milestones())),
          at + "name",
          "all rates are those of constant");
    }
    milestones(keys, schedule, at + "milestones");
    double other = schedule.gamma() == 0 ? 1 : schedule.gamma() / 2;
    keys.none(same(s -> shaped(s, other, s.warmupEpochs(), end)), at + "gamma", NO_STEP)
        .none(
            schedule.warmupEpochs() > 0 && same(s -> shaped(s, s.gamma(), 0, end)),
            at + "warmupEpochs",
            NO_STEP)
        .none(
            same(s -> shaped(s, s.gamma(), s.warmupEpochs(), end == 0 ? rate / 2 : end / 2)),
            at + "finalLearningRate",
            NO_STEP);
    keys.partly(
        schedule.warmupEpochs() > 0
            && trainings.stream()
                .allMatch(t -> t.endEpoch() <= t.training().schedule().warmupEpochs()),
        at + "warmupEpochs",
        "is as long as the training, whose rate never comes to its shape");
    keys.none(
        trainings.stream()
            .allMatch(
                t -> isSame(t, t.withRates(warm(t.rates(), t.rates().warmup() > 0 ? 0 : .5)))),
        "nextCycle.warmup",
        NO_STEP);
  }

  private void milestones(IdleKeys keys, ScheduleSpec schedule, String key) {
    List<Integer> idle = new ArrayList<>();
    for (int i = 0; i < schedule.milestones().size(); i++) {
      int place = i;
      if (same(s -> with(s, s.name(), s.learningRate(), without(s.milestones(), place)))) {
        idle.add(schedule.milestones().get(i));
      }
    }
    if (idle.size() == schedule.milestones().size()) {
      keys.none(!idle.isEmpty(), key, NO_STEP);
    } else if (!idle.isEmpty()) {
      keys.partly(true, key, "has epochs that no training's rate depends on: " + idle);
    }
  }

  private boolean same(UnaryOperator<ScheduleSpec> change) {
    return trainings.stream()
        .allMatch(t -> isSame(t, t.withSchedule(change.apply(t.training().schedule()))));
  }

  private boolean isSame(ParticleTraining one, ParticleTraining other) {
    return SAME.of(new Pair(one, other, stepsPerEpoch));
  }

  /** Two trainings of the same epochs. */
  private record Pair(ParticleTraining one, ParticleTraining other, long stepsPerEpoch) {
    /** Whether every step has the same rate in both. */
    boolean isSame() {
      StepRates its = new StepRates(one, 0, stepsPerEpoch);
      StepRates others = new StepRates(other, 0, stepsPerEpoch);
      return LongStream.range(one.startEpoch() * stepsPerEpoch, one.endEpoch() * stepsPerEpoch)
          .allMatch(step -> its.at(step) == others.at(step));
    }
  }

  private static List<Integer> without(List<Integer> milestones, int place) {
    List<Integer> rest = new ArrayList<>(milestones);
    if (place < rest.size()) {
      rest.remove(place); // a stretched schedule may have fewer
    }
    return rest;
  }

  private static RateSpec warm(RateSpec rates, double warmup) {
    return new RateSpec(rates.rule(), rates.peak(), warmup);
  }

  /** Twice the highest rate may be more than a file may ask for: what is tried is not trained. */
  private static ScheduleSpec with(
      ScheduleSpec s, ScheduleSpec.Name name, double rate, List<Integer> milestones) {
    double highest = rate > 100 ? (s.learningRate() + s.finalLearningRate()) / 2 : rate;
    return new ScheduleSpec(
        name, highest, milestones, s.gamma(), s.warmupEpochs(), s.finalLearningRate());
  }

  private static ScheduleSpec shaped(ScheduleSpec s, double gamma, double warmup, double end) {
    double least = Math.min(end, s.learningRate()); // some trainings have lower rates than the run
    return new ScheduleSpec(s.name(), s.learningRate(), s.milestones(), gamma, warmup, least);
  }
}
