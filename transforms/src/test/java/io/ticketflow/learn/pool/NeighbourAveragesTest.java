package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class NeighbourAveragesTest {
  private static final List<SparseNetwork> SOLUTIONS =
      List.of(
          FourWeights.network(4, 8, -2, 6, 1),
          FourWeights.network(8, 0, -6, 3, 3),
          FourWeights.network(12, 0, -1, 0, 5));

  /** One dense weight: 0, 1 and 2 around 1 have the mean 1; 0.05·(0.05·1 + 0.95·0) + 0.95·2. */
  @Test
  void aDenseTargetTakesItsNeighboursInTurn() {
    List<SparseNetwork> line = List.of(dense(0), dense(1), dense(2));
    assertThat(dense(NeighbourAverages.MEAN, line)).isEqualTo(1f);
    assertThat(dense(step -> 0.05, line)).isEqualTo(1.9025f);
  }

  @Test
  void theMeanIsPrunedAfterEachSolution() {
    // θ_0 first: 6, 4, −4, 4.5; 2: three stay, of the equal ones the first: 6, 4, 0, 4.5. Then two
    // thirds of it and a third of θ_2: 8, 8/3, −1/3, 3; 3. Pruned once at the end, −3 would stay.
    Pooled swa = average(NeighbourAverages.MEAN, 1);
    assertThat(FourWeights.values(swa, "w")).containsExactly(8, 8 / 3f, 0, 3);
    assertThat(FourWeights.values(swa, "bias")).containsExactly(3);
    assertThat(swa.network().masks().byName()).isEqualTo(Map.of("w", FourWeights.mask(0, 1, 3)));
    assertThat(swa.firstAccuracy()).isEqualTo(8 - 6 + 3 + 3);
    assertThat(swa.lastAccuracy()).isEqualTo(8 + (double) (8 / 3f) + 3 + 3);
    assertThat(swa.trials()).isEmpty();
  }

  @Test
  void theMovingAverageIsMostlyTheLastNeighbour() {
    // θ_2 keeps two. 0.05·θ_2 + 0.95·θ_1 = 8.2, 0, −5.75, 2.85; 3.1 keeps 8.2 and −5.75. Then
    // 0.05 of that and 0.95·θ_0: 4.21, 7.6, −2.1875, 5.7; 1.105 keeps 7.6 and 5.7.
    Pooled ema = average(step -> 0.05, 2);
    assertThat(FourWeights.values(ema, "w")).containsExactly(0, 7.6f, 0, 5.7f);
    assertThat(FourWeights.values(ema, "bias")).containsExactly(1.105f);
  }

  private static Pooled average(IntToDoubleFunction share, int target) {
    return new NeighbourAverages(FourWeights.SUM, share)
        .average(index -> SOLUTIONS.get(index).weights(), 3, target, SOLUTIONS.get(target));
  }

  private static float dense(IntToDoubleFunction share, List<SparseNetwork> line) {
    Pooled pooled =
        new NeighbourAverages(FourWeights.SUM, share)
            .average(index -> line.get(index).weights(), 3, 1, line.get(1));
    return FourWeights.values(pooled, "w")[0];
  }

  private static SparseNetwork dense(float value) {
    Tensor weight = new Tensor("w", TensorRole.PRUNABLE, List.of(1L), new float[] {value});
    return new SparseNetwork(TensorSet.of(List.of(weight)), new Masks(Map.of("w", Mask.full(1))));
  }
}
