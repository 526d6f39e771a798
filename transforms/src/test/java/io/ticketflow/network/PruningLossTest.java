package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.Mask;
import io.ticketflow.schemas.TensorRole;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruningLossTest {
  private static final TensorSet NETWORK =
      TensorSet.of(
          List.of(
              new Tensor("w", TensorRole.PRUNABLE, List.of(4L), new float[] {3, 0, -4, 12}),
              new Tensor("b", TensorRole.DENSE, List.of(1L), new float[] {100})));

  @Test
  void isTheNormLostOverTheRootOfTheShareTaken() {
    // ‖w‖ = 13; 3 and −4 go, a norm of 5, two of the three entries that were kept
    double loss =
        PruningLoss.of(
            NETWORK, new Masks(Map.of("w", mask(0, 2, 3))), new Masks(Map.of("w", mask(3))), false);
    assertThat(loss).isCloseTo(5.0 / 13 / Math.sqrt(2.0 / 3), within(1e-15));
  }

  @Test
  void isOfAllThatIsTrainedInTheAuthorsCode() {
    // (3, 4) and a BatchNorm's weight of 12: 3 goes of a norm of 13, or of 5
    TensorSet network =
        TensorSet.of(
            List.of(
                new Tensor("w", TensorRole.PRUNABLE, List.of(2L), new float[] {3, 4}),
                new Tensor("bn.weight", TensorRole.DENSE, List.of(1L), new float[] {12}),
                new Tensor("bn.running_var", TensorRole.BUFFER, List.of(1L), new float[] {99})));
    Masks before = new Masks(Map.of("w", Mask.full(2)));
    Masks after = before.map((name, mask) -> Mask.ofWords(new long[] {0b10}, 2));
    assertThat(PruningLoss.of(network, before, after, true))
        .isCloseTo(3 / 13.0 / Math.sqrt(0.5), within(1e-15));
    assertThat(PruningLoss.of(network, before, after, false))
        .isCloseTo(3 / 5.0 / Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void isZeroIfNothingGoes() {
    Masks same = new Masks(Map.of("w", mask(0, 2, 3)));
    assertThat(PruningLoss.of(NETWORK, same, same, true)).isZero();
  }

  private static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, 4);
  }
}
