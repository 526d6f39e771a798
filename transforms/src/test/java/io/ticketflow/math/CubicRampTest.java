package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CubicRampTest {
  /** By hand: 100 + 900 · (1 − (t − 10) / 10)³, e.g. 0.9³ = 0.729 and 0.5³ = 0.125. */
  @ParameterizedTest
  @CsvSource({
    "0, 1000",
    "10, 1000",
    "11, 756",
    "12, 561",
    "15, 213",
    "18, 107",
    "19, 101",
    "20, 100",
    "1000, 100"
  })
  void fallsFastAtFirstAndSlowlyInTheEnd(long step, long kept) {
    assertThat(new CubicRamp(1000, 100, 10, 20).at(step)).isEqualTo(kept);
  }

  @Test
  void isExactAtBothEndsForAnyCounts() {
    assertThat(new CubicRamp(25_502_912, 510_058, 0, 7).at(0)).isEqualTo(25_502_912);
    assertThat(new CubicRamp(25_502_912, 510_058, 0, 7).at(7)).isEqualTo(510_058);
    assertThat(new CubicRamp(8, 8, 0, 7).at(3)).isEqualTo(8);
  }

  @Test
  void refusesToClimbAndToTakeNoTime() {
    assertThatThrownBy(() -> new CubicRamp(8, 9, 0, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CubicRamp(9, 8, 7, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** 0.15 · (1 + cos x) with cos 0 = 1, cos 60° = 1/2, cos 90° = 0, cos 120° = −1/2. */
  @ParameterizedTest
  @CsvSource({"0, 0.3", "30, 0.225", "45, 0.15", "60, 0.075", "90, 0", "91, 0"})
  void theFractionReplacedFallsAlongACosine(long step, double fraction) {
    assertThat(new CosineDecay(0.3, 90).at(step)).isCloseTo(fraction, within(1e-15));
  }
}
