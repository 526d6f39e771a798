package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Retraining schedules of Zimmer, Spiegel & Pokutta at their first, middle and last step, by hand.
 *
 * <p>The schedule: 0.4, divided by 10 after 6 of 10 epochs of 10 steps. The retraining: 4 epochs,
 * 40 steps, of which 10 % = 4 ascend; the falling part has the steps 4 … 39, so p of step k is (k −
 * 4) / 36.
 */
class StepRatesTest {
  private static final int STEPS_PER_EPOCH = 10;
  private static final OptimiserSpec SGD = Fixtures.optimiser("weightDecay: 0");
  private static final ScheduleSpec SCHEDULE =
      new ScheduleSpec(ScheduleSpec.Name.MULTI_STEP, 0.4, List.of(6), 0.1, 0, 0);
  private static final TrainingSpec TRAINING =
      new TrainingSpec(10, 0, 0, 32, 0, 0, SGD, SCHEDULE, SwaSpec.NONE, SparsifierSpec.NONE);

  private static double[] rates(RateRule rule, double peak, double warmup, double hurt) {
    StepRates rates =
        new StepRates(
            new ParticleTraining(TRAINING, 0, 4, new RateSpec(rule, peak, warmup), 0, 0),
            hurt,
            STEPS_PER_EPOCH);
    return new double[] {rates.at(0), rates.at(3), rates.at(4), rates.at(22), rates.at(39)};
  }

  @Test
  void lrwReplaysTheLastRatesOfTheSchedule() {
    StepRates rates =
        new StepRates(
            new ParticleTraining(TRAINING, 5, 10, RateSpec.SCHEDULE, 0, 0), 0, STEPS_PER_EPOCH);
    assertThat(rates.at(50)).isEqualTo(0.4);
    assertThat(rates.at(59)).isEqualTo(0.4);
    assertThat(rates.at(60)).isCloseTo(0.04, within(1e-15));
    assertThat(rates.at(99)).isCloseTo(0.04, within(1e-15));
  }

  @Test
  void ftStaysAtTheLastRate() {
    assertThat(rates(RateRule.FT, 0, 0, 0))
        .containsExactly(rate(0.04, 0.04, 0.04, 0.04, 0.04), TIGHT);
    assertThat(rates(RateRule.FT, 0.01, 0, 0))
        .containsExactly(rate(0.01, 0.01, 0.01, 0.01, 0.01), TIGHT);
  }

  @Test
  void ftTakesAHundredthOfTheHighestRateWhereTheScheduleFallsToZero() {
    // The last of the line's 1000 steps has 0.001.
    TrainingSpec line =
        TestSettings.training("epochs: 100, schedule: {name: linear, learningRate: 1}");
    assertThat(
            new StepRates(
                    new ParticleTraining(line, 0, 2, new RateSpec(RateRule.FT, 0, 0), 0, 0),
                    0,
                    STEPS_PER_EPOCH)
                .at(0))
        .isEqualTo(0.01);
  }

  @Test
  void slrCompressesTheSchedule() {
    // Step k stands for step (k − 4) · 100 / 36: 50 for k = 22, and 61 for k = 26, the first that
    // is
    // after the drop at 60.
    assertThat(rates(RateRule.SLR, 0, 0.1, 0))
        .containsExactly(rate(0.1, 0.4, 0.4, 0.4, 0.04), TIGHT);
    StepRates rates =
        new StepRates(
            new ParticleTraining(TRAINING, 0, 4, new RateSpec(RateRule.SLR, 0, 0.1), 0, 0),
            0,
            STEPS_PER_EPOCH);
    assertThat(rates.at(25)).isEqualTo(0.4);
    assertThat(rates.at(26)).isCloseTo(0.04, within(1e-15));
  }

  @Test
  void slrBeginsAtTheHighestRateWhateverTheSchedulesWarmUp() {
    // A line from 1 to 0 after 5 epochs of warm-up; 2 epochs of it again, after 2 steps of warm-up.
    TrainingSpec line =
        TestSettings.training(
            "epochs: 10, schedule: {name: linear, learningRate: 1, warmupEpochs: 5}");
    StepRates rates =
        new StepRates(
            new ParticleTraining(line, 0, 2, new RateSpec(RateRule.SLR, 0, 0.1), 0, 0),
            0,
            STEPS_PER_EPOCH);
    assertThat(rates.at(2)).isEqualTo(1);
    // Step 11 stands for step 50 of 100, where the line begins, and step 19 for step 94.
    assertThat(rates.at(11)).isEqualTo(1);
    assertThat(rates.at(19)).isCloseTo(1 - 44 / 50.0, TIGHT);
  }

  @Test
  void clrFallsAlongACosineToTheSchedulesLastRate() {
    // p = 0, 1/2 and 35/36, from 0.4 to 0.04
    double end = 0.04 + 0.18 * (1 + Math.cos(Math.PI * 35 / 36));
    assertThat(rates(RateRule.CLR, 0, 0.1, 0))
        .containsExactly(rate(0.1, 0.4, 0.4, 0.22, end), TIGHT);
  }

  @Test
  void llrFallsAlongALine() {
    assertThat(rates(RateRule.LLR, 0, 0.1, 0))
        .containsExactly(rate(0.1, 0.4, 0.4, 0.2, 0.4 / 36), TIGHT);
    assertThat(rates(RateRule.LLR, 0.8, 0.1, 0))
        .containsExactly(rate(0.2, 0.8, 0.8, 0.4, 0.8 / 36), TIGHT);
  }

  @Test
  void allrBeginsTheLowerTheLessPruningHurt() {
    // hurt 0.6: peak 0.24. The retraining is 0.4 of the training, so no peak is below 0.16.
    assertThat(rates(RateRule.ALLR, 0, 0.1, 0.6))
        .containsExactly(rate(0.06, 0.24, 0.24, 0.12, 0.24 / 36), TIGHT);
    assertThat(rates(RateRule.ALLR, 0, 0.1, 0.1))
        .containsExactly(rate(0.04, 0.16, 0.16, 0.08, 0.16 / 36), TIGHT);
    assertThat(rates(RateRule.ALLR, 0, 0.1, 3))
        .containsExactly(rate(0.1, 0.4, 0.4, 0.2, 0.4 / 36), TIGHT);
  }

  private static final Offset<Double> TIGHT = within(1e-14);

  private static double[] rate(double... rates) {
    return rates;
  }
}
