package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.schemas.TensorRole;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegrowthTest {
  private static final TensorSet WEIGHTS =
      TensorSet.of(
          List.of(
              tensor("a", 5f, -0.1f, 3f, 0f, 0f, 0f),
              tensor("free", 1f),
              tensor("b", 0f, 1f, 2f, -3f, 0.5f, 0f, 0f)));
  private static final Masks MASKS =
      new Masks(Map.of("a", mask(6, 0, 1, 2), "b", mask(7, 1, 2, 3, 4)));

  @Test
  void growsWhereTheGradientIsLargestInAbsoluteValue() {
    TensorSet gradient =
        TensorSet.of(
            List.of(
                tensor("a", 9f, 0f, 9f, 1f, -2f, 1.5f),
                tensor("free", 7f),
                tensor("b", -4f, 9f, 9f, 9f, 1f, 3f, 4f)));
    // 0.4 · 3 = 1.2 → 1 of a; 0.4 · 4 = 1.6 → 2 of b: 0.5 and 1 go; 1 comes back by its 9, and of
    // −4 and 4
    // the first comes.
    Regrowth regrowth = Regrowth.byScores(WEIGHTS, gradient, MASKS, 0.4);
    assertThat(regrowth.survivors().byName())
        .isEqualTo(Map.of("a", mask(6, 0, 2), "b", mask(7, 2, 3)));
    assertThat(regrowth.masks().byName())
        .isEqualTo(Map.of("a", mask(6, 0, 2, 4), "b", mask(7, 0, 1, 2, 3)));
  }

  @Test
  void keepsEveryLayersCountAndDrawsByTensorAlone() {
    Regrowth one = Regrowth.atRandom(WEIGHTS, name -> KeyedRandom.of(1, "grow", name), MASKS, 0.5);
    Regrowth again =
        Regrowth.atRandom(
            WEIGHTS,
            name -> KeyedRandom.of(1, "grow", name),
            new Masks(Map.of("b", MASKS.get("b"))),
            0.5);
    assertThat(one.masks().get("b")).isEqualTo(again.masks().get("b"));
    assertThat(one.masks().byName()).hasSize(2);
    // 0.5 · 3 = 1.5 → 2.
    assertThat(one.survivors().get("a")).isEqualTo(mask(6, 0));
    assertThat(one.masks().kept()).isEqualTo(3 + 4);
    assertThat(one.survivors().get("b")).isEqualTo(mask(7, 2, 3));
    assertThat(again.masks().kept()).isEqualTo(4);
  }

  /** RigL's authors leave dense layers alone; an exchange would only set weights to 0. */
  @Test
  void aLayerThatKeepsAllStaysAsItIs() {
    Masks full = new Masks(Map.of("a", mask(6, 0, 1, 2, 3, 4, 5), "b", mask(7, 1, 2, 3, 4)));
    Regrowth change =
        Regrowth.atRandom(WEIGHTS, name -> KeyedRandom.of(1, "grow", name), full, 0.5);
    assertThat(change.masks().get("a")).isEqualTo(full.get("a"));
    assertThat(change.survivors().get("a")).isEqualTo(full.get("a"));
    assertThat(change.survivors().get("b")).isEqualTo(mask(7, 2, 3));
  }

  @Test
  void whatGrowsBeginsWhereItIsDrawn() {
    Regrowth change =
        new Regrowth(
            new Masks(Map.of("a", mask(6, 0, 2, 4), "b", mask(7, 0, 1, 2, 3))),
            new Masks(Map.of("a", mask(6, 0, 2), "b", mask(7, 2, 3))));
    TensorSet grown =
        change.grown(WEIGHTS, t -> tensor(t.name(), t.name().equals("a") ? sixes(6) : sixes(7)));
    assertThat(grown.get("a").values()).containsExactly(0, 0, 0, 0, 6, 0);
    assertThat(grown.get("b").values()).containsExactly(6, 6, 0, 0, 0, 0, 0);
    assertThat(grown.tensors()).hasSize(2);
  }

  private static float[] sixes(int size) {
    float[] values = new float[size];
    Arrays.fill(values, 6);
    return values;
  }

  @Test
  void namesATensorWhoseGradientIsNoNumber() {
    TensorSet gradient =
        TensorSet.of(List.of(tensor("a", new float[6]), tensor("b", 0, 0, 0, 0, 0, 0, Float.NaN)));
    assertThatThrownBy(() -> Regrowth.byScores(WEIGHTS, gradient, MASKS, 0.4))
        .isInstanceOf(NonFiniteWeightsException.class)
        .hasMessageContaining("b");
  }

  private static Tensor tensor(String name, float... values) {
    return new Tensor(name, TensorRole.PRUNABLE, List.of((long) values.length), values);
  }

  private static Mask mask(int size, int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, size);
  }
}
