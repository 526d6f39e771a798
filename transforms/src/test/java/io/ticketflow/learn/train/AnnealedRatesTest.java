package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The way down to the rate of averaging, by hand: 10 epochs of 10 steps, the last 4 averaged at
 * 0.1, so steps 0 … 59 come down from 0.4. The schedule by itself would fall to 0.04 after 5
 * epochs.
 */
class AnnealedRatesTest {
  private static final Offset<Double> TIGHT = within(1e-14);
  private static final int STEPS = 10;

  private static RunSpec run(String... more) {
    return TestSettings.run(
        List.of(
            "training: {epochs: 10, swa: {fraction: 0.4, learningRate: 0.1}}",
            "training.schedule: {name: multi-step, learningRate: 0.4, milestones: 5}",
            "pruning.cycles: 2"),
        more);
  }

  private static StepRates rates(int cycle, String... more) {
    return new StepRates(new ParticleTrainings(run(more)).of(cycle, 0), 1, STEPS);
  }

  @Test
  void aCosineComesDownAndStays() {
    StepRates rates = rates(0);
    assertThat(rates.at(0)).isCloseTo(0.4, TIGHT);
    assertThat(rates.at(30)).isCloseTo(0.25, TIGHT); // half the way
    assertThat(rates.at(59)).isCloseTo(0.1 + 0.15 * (1 + Math.cos(Math.PI * 59 / 60)), TIGHT);
    assertThat(rates.at(60)).isEqualTo(0.1);
    assertThat(rates.at(99)).isEqualTo(0.1);
  }

  @Test
  void halfOfTheHighestRateIsTakenWhereNoneIsSaid() {
    StepRates rates = rates(0, "training.swa.learningRate: 0");
    assertThat(rates.at(30)).isCloseTo(0.3, TIGHT);
    assertThat(rates.at(60)).isEqualTo(0.2);
  }

  @Test
  void aLineComesDownAndStays() {
    StepRates rates = rates(0, "training.swa.anneal: linear");
    assertThat(rates.at(30)).isCloseTo(0.25, TIGHT);
    assertThat(rates.at(45)).isCloseTo(0.175, TIGHT); // a quarter is left
    assertThat(rates.at(60)).isEqualTo(0.1);
  }

  @Test
  void noneFollowsTheSchedule() {
    StepRates rates = rates(0, "training.swa: {anneal: none, mayRise: true}");
    assertThat(rates.at(49)).isEqualTo(0.4);
    assertThat(rates.at(59)).isCloseTo(0.04, TIGHT);
    assertThat(rates.at(60)).isEqualTo(0.1);
    assertThat(rates.rise(0)).isCloseTo(0.06, TIGHT);
  }

  @Test
  void warmUpComesFirst() {
    StepRates rates = rates(0, "training.schedule.warmupEpochs: 2");
    assertThat(rates.at(9)).isCloseTo(0.2, TIGHT); // the tenth of 20 steps
    assertThat(rates.at(19)).isCloseTo(0.4, TIGHT);
    assertThat(rates.at(40)).isCloseTo(0.25, TIGHT); // half of the 40 steps after it
  }

  @Test
  void aRetrainingComesDownFromItsOwnHighestRate() {
    // Copies of 5 epochs, 2 averaged: 30 steps, of which 10 % of 50 = 5 rise.
    StepRates rates =
        rates(
            1,
            "nextCycle: {weights: averaged, schedule: llr, epochs: 5}",
            "variation.learningRates: 0.3");
    assertThat(rates.at(0)).isCloseTo(0.06, TIGHT);
    assertThat(rates.at(4)).isCloseTo(0.3, TIGHT);
    assertThat(rates.at(5)).isCloseTo(0.3, TIGHT);
    assertThat(rates.at(15)).isCloseTo(0.1 + 0.1 * (1 + Math.cos(Math.PI * 0.4)), TIGHT);
    assertThat(rates.at(30)).isEqualTo(0.1);
  }

  @Test
  void segmentsOfASharedMaskComeDownTogether() {
    // 10 epochs: two changes at 4 and 8, the last two epochs averaged of the four asked for.
    ParticleTrainings trainings =
        new ParticleTrainings(
            run("training.sparsifier: {name: gmp, shared: true, segments: 2, end: 0.8}"));
    List<Double> all = new ArrayList<>();
    for (int segment = 0; segment <= 2; segment++) {
      ParticleTraining training = trainings.of(segment, 0);
      StepRates rates = new StepRates(training, 1, STEPS);
      for (int step = training.startEpoch() * STEPS; step < training.endEpoch() * STEPS; step++) {
        all.add(rates.at(step));
      }
    }
    assertThat(all).hasSize(100);
    assertThat(all.get(40)).isCloseTo(0.25, TIGHT); // half of 8 epochs
    assertThat(all.subList(80, 100)).containsOnly(0.1);
    assertThat(all).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lrw", "slr", "clr", "llr", "allr"})
  void annealedRatesNeverRise(String rule) {
    for (String name : List.of("constant", "multi-step", "cosine", "linear", "one-cycle")) {
      for (String anneal : List.of("cosine", "linear")) {
        StepRates rates =
            rates(
                1,
                "nextCycle: {weights: averaged, warmup: 0, schedule: " + rule + "}",
                "training.schedule.name: " + name,
                "training.swa.anneal: " + anneal);
        for (int step = 1; step < 100; step++) {
          assertThat(rates.at(step))
              .as("%s %s %d", name, anneal, step)
              .isLessThanOrEqualTo(rates.at(step - 1));
        }
        assertThat(rates.rise(0)).isLessThanOrEqualTo(0);
      }
    }
  }

  @Test
  void withoutAveragingTheScheduleIsWhole() {
    StepRates rates = rates(0, "training.swa.fraction: 0");
    assertThat(rates.at(49)).isEqualTo(0.4);
    assertThat(rates.at(99)).isCloseTo(0.04, TIGHT);
  }
}
