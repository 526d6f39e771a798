package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TicketAveragesTest {
  private static final List<SparseNetwork> SOLUTIONS =
      List.of(network(4, 8, -2, 6, 1), network(8, 0, -6, 2, 3), network(12, 0, -1, 0, 5));

  private final TicketAverages averages =
      new TicketAverages(network -> new Validator.Validated(network, sum(network)));

  @Test
  void theMeanOfAllUpToTheTargetIsPrunedToItsDensity() {
    // means 8, 8/3, −3, 8/3 and, unmasked, 3; the target keeps two: 8 and −3
    Pooled swa = averages.mean(TicketAveragesTest::solution, 2, SOLUTIONS.get(2));
    assertThat(values(swa, "w")).containsExactly(8, 0, -3, 0);
    assertThat(values(swa, "bias")).containsExactly(3);
    assertThat(swa.network().kept()).isEqualTo(2);
    assertThat(swa.network().masks().byName()).isEqualTo(Map.of("w", mask(0, 2)));
    assertThat(swa.firstAccuracy()).isEqualTo(12 - 1 + 5);
    assertThat(swa.lastAccuracy()).isEqualTo(8 - 3 + 3);
    assertThat(swa.trials()).isEmpty();
  }

  @Test
  void theExponentialMeanOfAllUpToTheTargetIsPrunedToItsDensity() {
    // e_1 = 0.75·θ_0 + 0.25·θ_1 = 5, 6, −3, 5; 1.5; the target keeps three
    Pooled ema = averages.exponential(0.75, TicketAveragesTest::solution, 1, SOLUTIONS.get(1));
    assertThat(values(ema, "w")).containsExactly(5, 6, 0, 5);
    assertThat(values(ema, "bias")).containsExactly(1.5f);
    // e_2 = 0.75·e_1 + 0.25·θ_2 = 6.75, 4.5, −2.5, 3.75; 2.375
    ema = averages.exponential(0.75, TicketAveragesTest::solution, 2, SOLUTIONS.get(2));
    assertThat(values(ema, "w")).containsExactly(6.75f, 4.5f, 0, 0);
    assertThat(values(ema, "bias")).containsExactly(2.375f);
  }

  @Test
  void theMeanOfTheFirstIsTheFirstAndItHasNoExponentialMean() {
    assertThat(values(averages.mean(TicketAveragesTest::solution, 0, SOLUTIONS.get(0)), "w"))
        .containsExactly(4, 8, -2, 6);
    assertThatThrownBy(
            () -> averages.exponential(0.5, TicketAveragesTest::solution, 0, SOLUTIONS.get(0)))
        .hasMessage("the first solution has no earlier ticket to average");
  }

  private static TensorSet solution(int index) {
    return SOLUTIONS.get(index).weights();
  }

  private static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, 4);
  }

  private static float[] values(Pooled pooled, String tensor) {
    return pooled.network().weights().get(tensor).values();
  }

  private static double sum(TensorSet network) {
    double sum = 0;
    for (Tensor tensor : network.tensors()) {
      for (float value : tensor.values()) {
        sum += value;
      }
    }
    return sum;
  }

  private static SparseNetwork network(float... values) {
    BitSet kept = new BitSet();
    for (int i = 0; i < 4; i++) {
      kept.set(i, values[i] != 0);
    }
    return new SparseNetwork(
        TensorSet.of(
            List.of(
                new Tensor(
                    "w",
                    TensorRole.PRUNABLE,
                    List.of(4L),
                    new float[] {values[0], values[1], values[2], values[3]}),
                new Tensor("bias", TensorRole.DENSE, List.of(1L), new float[] {values[4]}))),
        new Masks(Map.of("w", Mask.of(kept, 4))));
  }
}
