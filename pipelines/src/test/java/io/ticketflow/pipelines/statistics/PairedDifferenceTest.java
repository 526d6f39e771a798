package io.ticketflow.pipelines.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.KeyedRandom;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  private static final KeyedRandom DRAWS = KeyedRandom.of(1, "test");

  /**
   * Differences 1, 2, 3: mean 2, standard error 1/√3, t = 2√3 with two degrees of freedom, of which
   * the tails are 1 − t/√(t² + 2) together, and the 0.975 quantile 4.302653 (Student's table).
   */
  @Test
  void ofThreePairsByHand() {
    PairedDifference found = PairedDifference.of(new double[] {1, 2, 3}, DRAWS);
    assertThat(found.pairs()).isEqualTo(3);
    assertThat(found.mean()).isEqualTo(2);
    assertThat(found.low()).isCloseTo(2 - 4.302653 / Math.sqrt(3), within(1e-5));
    assertThat(found.high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-5));
    assertThat(found.p()).isCloseTo(1 - Math.sqrt(12) / Math.sqrt(14), within(1e-9));
  }

  @Test
  void equalDifferencesLeaveNoDoubt() {
    assertThat(PairedDifference.of(new double[] {2, 2}, DRAWS))
        .isEqualTo(new PairedDifference(2, 2, 2, 2, 0));
    assertThat(PairedDifference.of(new double[] {0, 0}, DRAWS))
        .isEqualTo(new PairedDifference(2, 0, 0, 0, 1));
  }

  /** 300 samples: 285 are to hold the truth; 267 to 297 are four binomial deviations. */
  @Test
  void intervalsHoldTheTruthNinetyFiveTimesInAHundred() {
    assertThat(covered(12, KeyedRandom::nextGaussian, 0)).isBetween(267, 298);
    // skewed: exponential, of mean 1
    assertThat(covered(20, draws -> -Math.log(1 - draws.nextDouble()), 1)).isBetween(267, 298);
    assertThat(covered(3, KeyedRandom::nextGaussian, 0)).isBetween(267, 298);
  }

  private static int covered(int pairs, ToDoubleFunction<KeyedRandom> value, double truth) {
    int covered = 0;
    for (int sample = 0; sample < 300; sample++) {
      KeyedRandom draws = KeyedRandom.of(7, "sample", pairs, sample);
      double[] differences = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        differences[i] = value.applyAsDouble(draws);
      }
      PairedDifference found =
          PairedDifference.of(differences, KeyedRandom.of(8, "resamples", sample));
      covered += found.low() <= truth && truth <= found.high() ? 1 : 0;
    }
    return covered;
  }

  /** Holm's own order: 0.01·4, 0.02·3, 0.03·2 raised to 0.06, 0.5·1. */
  @Test
  void correctsForHowManyThereAre() {
    assertThat(Holm.adjusted(List.of(0.02, 0.5, 0.01, 0.03)))
        .containsExactly(0.06, 0.5, 0.04, 0.06);
    assertThat(Holm.adjusted(List.of(0.6, 0.7))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }
}
