package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlierAveragesTest {
  private static final List<SparseNetwork> SOLUTIONS =
      List.of(
          FourWeights.network(4, 8, -2, 6, 1),
          FourWeights.network(8, 0, -6, 2, 3),
          FourWeights.network(12, 0, -1, 0, 5));

  private final EarlierAverages averages = new EarlierAverages(FourWeights.SUM);

  @Test
  void theMeanOfAllUpToTheTargetIsPrunedToItsDensity() {
    // means 8, 8/3, −3, 8/3 and, unmasked, 3; the target keeps two: 8 and −3
    Pooled swa = averages.mean(EarlierAveragesTest::solution, 2, SOLUTIONS.get(2));
    assertThat(FourWeights.values(swa, "w")).containsExactly(8, 0, -3, 0);
    assertThat(FourWeights.values(swa, "bias")).containsExactly(3);
    assertThat(swa.network().kept()).isEqualTo(2);
    assertThat(swa.network().masks().byName()).isEqualTo(Map.of("w", FourWeights.mask(0, 2)));
    assertThat(swa.firstAccuracy()).isEqualTo(12 - 1 + 5);
    assertThat(swa.lastAccuracy()).isEqualTo(8 - 3 + 3);
    assertThat(swa.trials()).isEmpty();
  }

  @Test
  void theExponentialMeanOfAllUpToTheTargetIsPrunedToItsDensity() {
    // e_1 = 0.75·θ_0 + 0.25·θ_1 = 5, 6, −3, 5; 1.5; the target keeps three
    Pooled ema = averages.exponential(0.75, EarlierAveragesTest::solution, 1, SOLUTIONS.get(1));
    assertThat(FourWeights.values(ema, "w")).containsExactly(5, 6, 0, 5);
    assertThat(FourWeights.values(ema, "bias")).containsExactly(1.5f);
    // e_2 = 0.75·e_1 + 0.25·θ_2 = 6.75, 4.5, −2.5, 3.75; 2.375
    ema = averages.exponential(0.75, EarlierAveragesTest::solution, 2, SOLUTIONS.get(2));
    assertThat(FourWeights.values(ema, "w")).containsExactly(6.75f, 4.5f, 0, 0);
    assertThat(FourWeights.values(ema, "bias")).containsExactly(2.375f);
  }

  @Test
  void theMeanOfTheFirstIsTheFirstAndItHasNoExponentialMean() {
    assertThat(
            FourWeights.values(
                averages.mean(EarlierAveragesTest::solution, 0, SOLUTIONS.get(0)), "w"))
        .containsExactly(4, 8, -2, 6);
    assertThatThrownBy(
            () -> averages.exponential(0.5, EarlierAveragesTest::solution, 0, SOLUTIONS.get(0)))
        .hasMessage("the first solution has no earlier ticket to average");
  }

  private static TensorSet solution(int index) {
    return SOLUTIONS.get(index).weights();
  }
}
