package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropAndGrowTest {
  @Test
  void aDroppedEntryGrowsAgainIfItsKeyIsAmongTheLargest() {
    // Kept: 0, 1, 2, 3. The smallest, 1 and 3, drop; of 1, 3, 4, 5 the largest keys are 3 and 4.
    DropAndGrow change =
        DropAndGrow.of(
            new int[] {9, 1, 8, 2, 0, 0}, new int[] {99, 1, 98, 7, 8, 2}, mask(6, 0, 1, 2, 3), 2);
    assertThat(change.survivors()).isEqualTo(mask(6, 0, 2));
    assertThat(change.mask()).isEqualTo(mask(6, 0, 2, 3, 4));
  }

  @Test
  void tiesDropFromTheBackAndGrowFromTheFront() {
    DropAndGrow change = DropAndGrow.of(new int[6], new int[6], mask(6, 1, 2, 4), 1);
    assertThat(change.survivors()).isEqualTo(mask(6, 1, 2));
    assertThat(change.mask()).isEqualTo(mask(6, 0, 1, 2));
  }

  @Test
  void aLayerThatIsDenseGrowsWhatItDropped() {
    DropAndGrow change = DropAndGrow.of(new int[] {3, 1, 2}, new int[] {0, 0, 0}, Mask.full(3), 2);
    assertThat(change.survivors()).isEqualTo(mask(3, 0));
    assertThat(change.mask()).isEqualTo(Mask.full(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 40, 100})
  void agreesWithSortingAndKeepsTheCount(int count) {
    int size = 300;
    KeyedRandom draws = KeyedRandom.of(3, count);
    BitSet bits = new BitSet();
    for (int i : draws.permutation(size)) {
      if (bits.cardinality() < 100) {
        bits.set(i);
      }
    }
    int[] magnitudes = new int[size];
    int[] growth = new int[size];
    for (int i = 0; i < size; i++) {
      magnitudes[i] = draws.nextInt(50) << 16;
      growth[i] = draws.nextInt(50);
    }
    DropAndGrow change = DropAndGrow.of(magnitudes, growth, Mask.of(bits, size), count);

    List<Integer> kept = new ArrayList<>(bits.stream().boxed().toList());
    kept.sort(Comparator.comparing((Integer i) -> -magnitudes[i]).thenComparing(i -> i));
    List<Integer> survivors = kept.subList(0, 100 - count);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!survivors.contains(i)) {
        others.add(i);
      }
    }
    others.sort(Comparator.comparing((Integer i) -> -growth[i]).thenComparing(i -> i));
    for (int i = 0; i < size; i++) {
      assertThat(change.survivors().keeps(i)).isEqualTo(survivors.contains(i));
      assertThat(change.mask().keeps(i))
          .isEqualTo(survivors.contains(i) || others.subList(0, count).contains(i));
    }
    assertThat(change.mask().kept()).isEqualTo(100);
  }

  @Test
  void randomGrowthIsUniform() {
    int[] grown = new int[10];
    for (int draw = 0; draw < 6000; draw++) {
      int[] keys = DropAndGrow.randomKeys(KeyedRandom.of(1, "grow", draw), 10);
      Mask mask = DropAndGrow.of(new int[10], keys, mask(10, 0, 1, 2, 3), 0).mask();
      assertThat(mask).isEqualTo(mask(10, 0, 1, 2, 3));
      Mask changed = DropAndGrow.of(new int[10], keys, mask(10, 0, 1, 2, 3), 2).mask();
      for (int i = 2; i < 10; i++) {
        grown[i] += changed.keeps(i) ? 1 : 0;
      }
    }
    // Two of eight: 1500 each; the standard deviation is 34.
    for (int i = 2; i < 10; i++) {
      assertThat(grown[i]).isBetween(1350, 1650);
    }
  }

  private static Mask mask(int size, int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, size);
  }
}
