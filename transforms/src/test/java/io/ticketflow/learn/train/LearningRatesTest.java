package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.spec.ScheduleSpec;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values by hand: 10 epochs of 4 steps, hence steps 0 … 39. */
class LearningRatesTest {
  private static final Offset<Double> EXACT = within(1e-15);

  @Test
  void constantIsConstantAfterAStepwiseWarmUp() {
    LearningRates rates = rates(ScheduleSpec.Name.CONSTANT, 2);
    assertThat(rates.at(0)).isCloseTo(0.1 / 8, EXACT);
    assertThat(rates.at(3)).isCloseTo(0.05, EXACT);
    assertThat(rates.at(7)).isCloseTo(0.1, EXACT);
    assertThat(rates.at(8)).isEqualTo(0.1);
    assertThat(rates.last()).isEqualTo(0.1);
  }

  @Test
  void multiStepFallsAtTheEndOfTheMilestoneEpochs() {
    LearningRates rates = rates(ScheduleSpec.Name.MULTI_STEP, 0);
    assertThat(rates.at(0)).isEqualTo(0.1);
    assertThat(rates.at(19)).isEqualTo(0.1);
    assertThat(rates.at(20)).isCloseTo(0.02, EXACT);
    assertThat(rates.at(27)).isCloseTo(0.02, EXACT);
    assertThat(rates.at(28)).isCloseTo(0.004, EXACT);
    assertThat(rates.last()).isCloseTo(0.004, EXACT);
  }

  @Test
  void aFactorOfZeroEndsTheTraining() {
    ScheduleSpec spec = new ScheduleSpec(ScheduleSpec.Name.MULTI_STEP, 0.1, List.of(5, 7), 0, 0, 0);
    LearningRates rates = new LearningRates(spec, 10, 4);
    assertThat(rates.at(19)).isEqualTo(0.1);
    assertThat(rates.at(20)).isZero();
    assertThat(rates.at(39)).isZero();
  }

  @Test
  void cosineIsHalfWayDownInTheMiddle() {
    LearningRates rates = rates(ScheduleSpec.Name.COSINE, 2);
    assertThat(rates.at(8)).isCloseTo(0.1, EXACT);
    assertThat(rates.at(24)).isCloseTo((0.1 + 0.01) / 2, EXACT);
    // p = 31/32
    assertThat(rates.last()).isCloseTo(0.01 + 0.09 * (1 - 0.9951847266721969) / 2, EXACT);
  }

  @Test
  void linearFallsByTheSameAmountEachStep() {
    LearningRates rates = rates(ScheduleSpec.Name.LINEAR, 0);
    assertThat(rates.at(0)).isEqualTo(0.1);
    assertThat(rates.at(20)).isCloseTo(0.055, EXACT);
    assertThat(rates.last()).isCloseTo(0.01 + 0.09 / 40, EXACT);
  }

  @Test
  void oneCycleClimbsAndFallsAlongCosines() {
    LearningRates rates = rates(ScheduleSpec.Name.ONE_CYCLE, 2);
    assertThat(rates.at(0)).isCloseTo(0.1 * (1 - 0.9238795325112867) / 2, EXACT);
    assertThat(rates.at(3)).isCloseTo(0.05, EXACT);
    assertThat(rates.at(7)).isCloseTo(0.1, EXACT);
    assertThat(rates.at(24)).isCloseTo(0.055, EXACT);
  }

  @Test
  void theLastRateIsAboveZeroWhereTheScheduleEndsAtZero() {
    ScheduleSpec toZero = new ScheduleSpec(ScheduleSpec.Name.LINEAR, 0.1, List.of(), 0.1, 0, 0);
    assertThat(new LearningRates(toZero, 10, 4).last()).isCloseTo(0.1 / 40, EXACT);
  }

  @Test
  void warmUpMayLastForTheWholeTraining() {
    for (ScheduleSpec.Name name : ScheduleSpec.Name.values()) {
      assertThat(rates(name, 10).last())
          .as(name.name())
          .isCloseTo(name == ScheduleSpec.Name.MULTI_STEP ? 0.004 : 0.1, EXACT);
    }
  }

  @Test
  void thereIsNoRateBeyondTheEnd() {
    assertThatThrownBy(() -> rates(ScheduleSpec.Name.COSINE, 0).at(40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40");
  }

  private static LearningRates rates(ScheduleSpec.Name name, double warmupEpochs) {
    ScheduleSpec spec = new ScheduleSpec(name, 0.1, List.of(5, 7), 0.2, warmupEpochs, 0.01);
    return new LearningRates(spec, 10, 4);
  }
}
