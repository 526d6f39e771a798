package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lengths and rates of a run's trainings: T = 12, T0 = 2, three cycles after the dense one. */
class ParticleTrainingsTest {
  @Test
  void everyCycleOfARewoundRunTrainsFromT0ToT() {
    ParticleTrainings trainings = new ParticleTrainings(run("particles: 4"));
    for (int cycle = 0; cycle <= 3; cycle++) {
      ParticleTraining training = trainings.of(cycle, 3);
      assertThat(training.startEpoch()).isEqualTo(2);
      assertThat(training.endEpoch()).isEqualTo(12);
      assertThat(training.rates()).isEqualTo(RateSpec.SCHEDULE);
      assertThat(training.training().schedule().milestones()).containsExactly(6);
    }
    assertThat(trainings.passes()).isEqualTo(2 + 4 * 4 * 10);
  }

  /** Or setting it would make their actions anew. */
  @Test
  void aLookAheadIsOfTheTrainingsThatLookAhead() {
    String three = "training.sparsifier.lookAhead: {copies: 3, minSteps: 1}";
    String gradual = "training.sparsifier.name: gmp";
    assertThat(new ParticleTrainings(run(gradual, three)).of(1, 0))
        .isEqualTo(new ParticleTrainings(run(gradual)).of(1, 0));
    String denoised = "training.sparsifier.name: isp";
    assertThat(
            new ParticleTrainings(run(denoised, three))
                .of(1, 0)
                .training()
                .sparsifier()
                .lookAhead())
        .isEqualTo(new LookAheadSpec(3, 1, 100, 2));
    String none = "training.sparsifier.lookAhead: {copies: 0, minSteps: 1}";
    assertThat(new ParticleTrainings(run(denoised, none)).of(1, 0))
        .isEqualTo(new ParticleTrainings(run(denoised)).of(1, 0));
  }

  @Test
  void retrainingsHaveTheirOwnLengthAndRates() {
    String next = "nextCycle: {weights: averaged, schedule: llr, epochs: 4, times: 3}";
    ParticleTrainings trainings = new ParticleTrainings(run(next));
    assertThat(trainings.of(0, 0).rates()).isEqualTo(RateSpec.SCHEDULE);
    assertThat(trainings.of(0, 0).epochs()).isEqualTo(10);
    ParticleTraining training = trainings.of(2, 0);
    assertThat(training.startEpoch()).isZero();
    assertThat(training.epochs()).isEqualTo(12);
    assertThat(training.rates()).isEqualTo(new RateSpec(RateRule.LLR, 0, 0.1));
    assertThat(trainings.passes()).isEqualTo(2 + 10 + 3 * 12);
  }

  @Test
  void lrwReplaysAsManyOfTheLastEpochsAsAreTrained() {
    String next = "nextCycle: {weights: averaged, schedule: lrw, epochs: 3}";
    ParticleTraining training = new ParticleTrainings(run(next)).of(1, 0);
    assertThat(training.startEpoch()).isEqualTo(9);
    assertThat(training.endEpoch()).isEqualTo(12);
    String tooLong = "nextCycle: {weights: averaged, schedule: lrw, epochs: 13}";
    assertThatThrownBy(() -> new ParticleTrainings(run(tooLong)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nextCycle.epochs must be at most training.epochs (12)");
  }

  /** IMP as a SWAMP author runs it: the ticket made at a constant rate, then whole trainings. */
  @Test
  void fullCyclesAreDenseTrainingsOfTheirOwn() {
    RunSpec run =
        run(
            "nextCycle.schedule: full",
            "training.rewindLearningRate: 0.8",
            "training.swa.fraction: 0");
    ParticleTrainings trainings = new ParticleTrainings(run);
    for (int cycle = 0; cycle <= 3; cycle++) {
      assertThat(trainings.of(cycle, 0)).isEqualTo(ParticleTraining.dense(run.training(), 12));
    }
    assertThat(trainings.passes()).isEqualTo(2 + 4 * 12);
    ScheduleSpec ticket = run.training().toTicket().schedule();
    assertThat(ticket.name()).isEqualTo(ScheduleSpec.Name.CONSTANT);
    assertThat(ticket.learningRate()).isEqualTo(0.8);
    assertThat(run("particles: 1").training().toTicket().schedule())
        .isEqualTo(run.training().schedule());
  }

  @Test
  void withoutEpochsToTheTicketFullIsTheWholeScheduleAnyway() {
    RunSpec full = run("training.rewindEpochs: 0", "nextCycle.schedule: full", "particles: 2");
    RunSpec replayed = run("training.rewindEpochs: 0", "particles: 2");
    for (int cycle = 0; cycle <= 3; cycle++) {
      assertThat(new ParticleTrainings(full).of(cycle, 1))
          .isEqualTo(new ParticleTrainings(replayed).of(cycle, 1));
    }
  }

  @Test
  void aFullRetrainingHasTheWholeScheduleOverItsOwnEpochs() {
    String next = "nextCycle: {weights: averaged, schedule: full, epochs: 6}";
    ParticleTrainings trainings = new ParticleTrainings(run(next));
    assertThat(trainings.of(0, 0).epochs()).isEqualTo(12);
    ParticleTraining training = trainings.of(1, 0);
    assertThat(training.startEpoch()).isZero();
    assertThat(training.endEpoch()).isEqualTo(6);
    assertThat(training.rates()).isEqualTo(RateSpec.SCHEDULE);
    assertThat(training.training().epochs()).isEqualTo(6);
    // the milestone after 6 of 12 epochs
    assertThat(training.training().schedule().milestones()).containsExactly(3);
    String whole = "nextCycle: {weights: averaged, schedule: full}";
    assertThat(new ParticleTrainings(run(whole)).of(1, 0).epochs()).isEqualTo(12);
  }

  @Test
  void copiesDifferInWhatVariationSays() {
    String variation =
        "variation: {weightDecays: [0.01, 0.02], lengths: [5, 6, 7], learningRates: 0.3}";
    String next = "nextCycle: {weights: averaged, schedule: llr}";
    ParticleTrainings trainings = new ParticleTrainings(run(next, variation, "particles: 3"));
    for (int particle = 0; particle < 3; particle++) {
      ParticleTraining copy = trainings.of(1, particle);
      assertThat(copy.training().optimiser().weightDecay())
          .isEqualTo(List.of(0.01, 0.02, 0.01).get(particle));
      assertThat(copy.epochs()).isEqualTo(5 + particle);
      assertThat(copy.rates().peak()).isEqualTo(0.3);
      // the dense training has no copies
      assertThat(trainings.of(0, particle).training().optimiser().weightDecay()).isEqualTo(0.0001);
    }
  }

  @Test
  void aBudgetIsSpentExactlyAndInProportion() {
    String next = "nextCycle: {weights: averaged, schedule: llr, epochs: 5}";
    RunSpec run = run(next, "particles: 2");
    assertThat(new ParticleTrainings(run).passes()).isEqualTo(2 + 2 * 10 + 6 * 5);
    for (int budget : new int[] {11, 40, 77, 101, 102, 103, 1000}) {
      ParticleTrainings trainings = new ParticleTrainings(run.withBudget(budget));
      assertThat(trainings.passes()).isEqualTo(budget);
      List<Integer> lengths = new ArrayList<>();
      for (int cycle = 0; cycle <= 3; cycle++) {
        for (int particle = 0; particle < 2; particle++) {
          lengths.add(trainings.of(cycle, particle).epochs());
        }
      }
      assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(budget - 2);
      double unit = (budget - 2) / 10.0; // shares 2 2 1 1 1 1 1 1
      for (int i = 0; i < lengths.size() && budget > 40; i++) {
        assertThat((double) lengths.get(i))
            .isBetween((i < 2 ? 2 : 1) * unit - 1, (i < 2 ? 2 : 1) * unit + 1);
      }
    }
    assertThatThrownBy(() -> new ParticleTrainings(run.withBudget(9)))
        .hasMessageContaining("budget must be an epoch at least for each of the run's 8 trainings");
  }

  @Test
  void aStretchedTrainingKeepsItsSchedulesShape() {
    RunSpec run = run().withBudget(2 + 4 * 22);
    ParticleTraining training = new ParticleTrainings(run).of(1, 0);
    assertThat(training.training().epochs()).isEqualTo(24);
    assertThat(training.startEpoch()).isEqualTo(2);
    assertThat(training.training().schedule().milestones()).containsExactly(12);
  }

  @Test
  void samCountsTwice() {
    assertThat(new ParticleTrainings(run("training.optimiser.samRadius: 0.05")).passes())
        .isEqualTo(2 * (2 + 4 * 10));
  }

  @Test
  void aSharedMasksSegmentsMakeUpOneTraining() {
    // 10 epochs after T0, masks change until 0.8 of them in 4 segments of 2, then 2 more
    RunSpec run =
        run(
            "training.sparsifier: {name: gmp, shared: true, segments: 4, end: 0.8}",
            "training.swa.fraction: 0.3",
            "particles: 3");
    assertThat(run.lastCycle()).isEqualTo(4);
    ParticleTrainings trainings = new ParticleTrainings(run);
    for (int segment = 0; segment <= 4; segment++) {
      ParticleTraining training = trainings.of(segment, 1);
      assertThat(training.startEpoch()).isEqualTo(2 + 2 * segment);
      assertThat(training.endEpoch()).isEqualTo(4 + 2 * segment);
      // 0.3 of 10 epochs are 3, of which the last segment has 2
      assertThat(training.swaEpochs()).isEqualTo(segment == 4 ? 2 : 0);
      assertThat(training.training().sparsifier()).isEqualTo(SparsifierSpec.NONE);
      assertThat(run.regime().delivers(segment)).isEqualTo(segment == 4);
    }
    // 1000 entries to 512 = 0.8^3: 512 + 488 (1 - k/4)^3
    assertThat(List.of(0, 1, 2, 3, 4).stream().map(k -> run.keptIn(k, 1000)).toList())
        .containsExactly(1000L, 718L, 573L, 520L, 512L);
    for (int budget : new int[] {50, 61, 62, 63, 100}) {
      assertThat(new ParticleTrainings(run.withBudget(budget)).passes()).isEqualTo(budget);
    }
  }

  private static RunSpec run(String... yaml) {
    return TestSettings.run(
        List.of(
            "training: {epochs: 12, rewindEpochs: 2, batchSize: 32, swa.fraction: 0}",
            "training.schedule: {name: multi-step, milestones: 6}",
            "pruning.cycles: 3",
            "particles: 1"),
        yaml);
  }
}
