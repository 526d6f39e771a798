package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.PruningSpec.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkPruningTest {
  private static final TensorSet NETWORK =
      TensorSet.of(List.of(tensor("a", 20, 5), tensor("b", 3, 7), tensor("excluded", 2, 2)));

  @Test
  void keepsTheLargestOfAllLayersAndTheFirstOfEquals() {
    for (int kept : new int[] {0, 1, 17, 60, 121}) {
      Masks masks =
          NetworkPruning.prune(NETWORK, full(), new MagnitudeRanking(), Scope.GLOBAL, kept);
      assertThat(entries(masks))
          .isEqualTo(sorted(List.of("a", "b")).subList(0, kept).stream().sorted().toList());
    }
  }

  @Test
  void aLayersScopeKeepsTheLargestOfEachLayer() {
    // 60 of 121, in the same density: 100 · 60 / 121 = 49.59 and 21 · 60 / 121 = 10.41
    Masks masks = NetworkPruning.prune(NETWORK, full(), new MagnitudeRanking(), Scope.UNIFORM, 60);
    assertThat(kept(masks, "a")).isEqualTo(50);
    assertThat(kept(masks, "b")).isEqualTo(10);
    List<String> expected = new ArrayList<>(sorted(List.of("a")).subList(0, 50));
    expected.addAll(sorted(List.of("b")).subList(0, 10));
    assertThat(entries(masks)).isEqualTo(expected.stream().sorted().toList());
  }

  @Test
  void whatIsNotEligibleNeverStays() {
    Masks half = NetworkPruning.prune(NETWORK, full(), new MagnitudeRanking(), Scope.GLOBAL, 60);
    Masks fewer = NetworkPruning.prune(NETWORK, half, new MagnitudeRanking(), Scope.ERK, 30);
    fewer
        .byName()
        .forEach(
            (name, mask) ->
                assertThat(mask.isSubsetOf(half.byName().getOrDefault(name, Mask.full(1))))
                    .isTrue());
    assertThat(fewer.kept()).isEqualTo(30);
  }

  private static int kept(Masks masks, String tensor) {
    return masks.byName().getOrDefault(tensor, Mask.full(0)).kept();
  }

  private static Masks full() {
    return new Masks(Map.of("a", Mask.full(100), "b", Mask.full(21)));
  }

  /** Values of one digit, so that many are equal. */
  private static Tensor tensor(String name, int rows, int columns) {
    KeyedRandom random = KeyedRandom.of(3, name);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(19) - 9;
    }
    return new Tensor(name, TensorRole.PRUNABLE, List.of((long) rows, (long) columns), values);
  }

  private static String entry(String tensor, int index) {
    return String.format(Locale.ROOT, "%s %03d", tensor, index);
  }

  private static List<String> entries(Masks masks) {
    List<String> entries = new ArrayList<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              for (int i = 0; i < mask.size(); i++) {
                if (mask.keeps(i)) {
                  entries.add(entry(name, i));
                }
              }
            });
    return entries.stream().sorted().toList();
  }

  /** A stable sort of all entries, the largest first. */
  private static List<String> sorted(List<String> tensors) {
    record Entry(String name, float size) {}
    List<Entry> all = new ArrayList<>();
    for (String tensor : tensors) {
      float[] values = NETWORK.get(tensor).values();
      for (int i = 0; i < values.length; i++) {
        all.add(new Entry(entry(tensor, i), Math.abs(values[i])));
      }
    }
    all.sort(Comparator.comparing(Entry::size).reversed());
    return all.stream().map(Entry::name).toList();
  }
}
