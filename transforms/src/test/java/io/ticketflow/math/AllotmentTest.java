package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AllotmentTest {
  private static final List<List<Long>> SHAPES =
      List.of(
          List.of(16L, 3L, 3L, 3L),
          List.of(16L, 16L, 3L, 3L),
          List.of(32L, 16L, 3L, 3L),
          List.of(64L, 64L, 3L, 3L),
          List.of(10L, 64L));

  private static long size(List<Long> shape) {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  private static long[] sizes(List<List<Long>> shapes) {
    return shapes.stream().mapToLong(AllotmentTest::size).toArray();
  }

  /** The loop of RigL's published code (get_mask_init_fn, erdos_renyi_kernel), in doubles. */
  private static double[] publishedDensities(List<List<Long>> shapes, double density) {
    List<Integer> dense = new ArrayList<>();
    while (true) {
      double divisor = 0;
      double rhs = 0;
      double[] raw = new double[shapes.size()];
      double most = 0;
      for (int i = 0; i < raw.length; i++) {
        double n = size(shapes.get(i));
        if (dense.contains(i)) {
          rhs -= n * (1 - density);
          continue;
        }
        rhs += n * density;
        double sum = 0;
        for (long dimension : shapes.get(i)) {
          sum += dimension;
        }
        raw[i] = sum / n;
        most = Math.max(most, raw[i]);
        divisor += raw[i] * n;
      }
      double epsilon = rhs / divisor;
      if (most * epsilon <= 1) {
        for (int i = 0; i < raw.length; i++) {
          raw[i] = dense.contains(i) ? 1 : epsilon * raw[i];
        }
        return raw;
      }
      for (int i = 0; i < raw.length; i++) {
        if (raw[i] == most) {
          dense.add(i);
        }
      }
    }
  }

  @Test
  void erdosRenyiKernelHasThePublishedDensities() {
    long[] sizes = sizes(SHAPES);
    long total = java.util.Arrays.stream(sizes).sum();
    for (double density : new double[] {0.9, 0.5, 0.2, 0.05}) {
      long target = Math.round(total * density);

      long[] kept = Allotment.erdosRenyiKernel(SHAPES, sizes, target);

      double[] expected = publishedDensities(SHAPES, target / (double) total);
      for (int i = 0; i < kept.length; i++) {
        assertThat((double) kept[i]).isCloseTo(expected[i] * sizes[i], within(1.0));
      }
      assertThat(java.util.Arrays.stream(kept).sum()).isEqualTo(target);
    }
  }

  @Test
  void erdosRenyiKernelByHand() {
    // Sums of dimensions 10 and 4, so 10/14 and 4/14 of 7; at 14 the second, 4 entries, is full.
    List<List<Long>> shapes = List.of(List.of(5L, 5L), List.of(2L, 2L));

    assertThat(Allotment.erdosRenyiKernel(shapes, new long[] {25, 4}, 7)).containsExactly(5, 2);
    assertThat(Allotment.erdosRenyiKernel(shapes, new long[] {25, 4}, 14)).containsExactly(10, 4);
    assertThat(Allotment.erdosRenyiKernel(shapes, new long[] {25, 4}, 20)).containsExactly(16, 4);
  }

  /** Mocanu et al., equation 1: the density of a layer is ∝ (in + out) / (in · out). */
  @Test
  void erdosRenyiByHand() {
    // Linear 4 × 6: 10 of 24; convolution 2 × 3 of 3 × 3: 5 · 9 of 54. 11 entries: 2 and 9.
    List<List<Long>> shapes = List.of(List.of(4L, 6L), List.of(2L, 3L, 3L, 3L));
    assertThat(Allotment.erdosRenyi(shapes, new long[] {24, 54}, 11)).containsExactly(2, 9);
    assertThat(Allotment.erdosRenyi(shapes, new long[] {24, 54}, 55)).containsExactly(10, 45);
    // 72 would be 13.09 and 58.9, more than 54.
    assertThat(Allotment.erdosRenyi(shapes, new long[] {24, 54}, 72)).containsExactly(18, 54);
    // With the kernel in it, 10 and 11 are the shares of 21.
    assertThat(Allotment.erdosRenyiKernel(shapes, new long[] {24, 54}, 21)).containsExactly(10, 11);
  }

  @Test
  void theFirstLayerStaysWholeAndTheOthersHaveOneDensity() {
    long[] sizes = {36, 100, 200};
    assertThat(Allotment.uniformButFirst(sizes, sizes, 66)).containsExactly(36, 10, 20);
    assertThat(Allotment.uniformButFirst(sizes, new long[] {30, 100, 200}, 60))
        .containsExactly(30, 10, 20);
    assertThat(Allotment.uniformButFirst(sizes, sizes, 336)).containsExactly(36, 100, 200);
    // 28 of 336 is a twelfth of all: what is not even enough for the first is shared.
    assertThat(Allotment.uniformButFirst(sizes, sizes, 28)).containsExactly(3, 8, 17);
    assertThat(Allotment.uniformButFirst(new long[] {9}, new long[] {9}, 4)).containsExactly(4);
  }

  @Test
  void uniformRoundsByLargestRemaindersAndTiesGoToTheFirst() {
    // Shares 3.5, 3.5, 7: one entry is due, and the first of the tied layers gets it.
    assertThat(Allotment.uniform(new long[] {10, 10, 20}, new long[] {10, 10, 20}, 14))
        .containsExactly(4, 3, 7);
    // Shares 2.25, 2.5, 0.25 of 5.
    assertThat(Allotment.uniform(new long[] {9, 10, 1}, new long[] {9, 10, 1}, 5))
        .containsExactly(2, 3, 0);
  }

  @Test
  void whatALayerLacksIsSharedAmongTheOthers() {
    // Shares of 30 would be 10 each; the first has 4 left, so the others get 13 each.
    assertThat(Allotment.uniform(new long[] {20, 20, 20}, new long[] {4, 20, 20}, 30))
        .containsExactly(4, 13, 13);
    // And that in turn is more than the second has.
    assertThat(Allotment.uniform(new long[] {20, 20, 20}, new long[] {4, 12, 20}, 30))
        .containsExactly(4, 12, 14);
  }

  @Property(tries = 500)
  void sumsToTheTargetAndNeverExceedsWhatIsLeft(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 40) Integer> dims,
      @ForAll int seed) {
    KeyedRandom random = KeyedRandom.of(seed, "allotment");
    List<List<Long>> shapes = new ArrayList<>();
    long[] left = new long[dims.size()];
    long available = 0;
    for (int i = 0; i < left.length; i++) {
      shapes.add(List.of((long) dims.get(i), 1L + random.nextInt(40)));
      left[i] = random.nextInt((int) size(shapes.get(i)) + 1);
      available += left[i];
    }
    long target = random.nextInt((int) available + 1);

    for (long[] kept :
        List.of(
            Allotment.uniform(sizes(shapes), left, target),
            Allotment.erdosRenyiKernel(shapes, left, target))) {
      assertThat(java.util.Arrays.stream(kept).sum()).isEqualTo(target);
      for (int i = 0; i < kept.length; i++) {
        assertThat(kept[i]).isBetween(0L, left[i]);
      }
    }
  }

  @Test
  void isExactForNetworksLargerThanAnyLongProduct() {
    long size = 1L << 40;

    assertThat(Allotment.uniform(new long[] {size, size}, new long[] {size, size}, size + 1))
        .containsExactly(size / 2 + 1, size / 2);
  }

  @Test
  void refusesTargetsBeyondWhatIsLeft() {
    assertThatThrownBy(() -> Allotment.uniform(new long[] {5}, new long[] {3}, 4))
        .hasMessage("cannot keep 4 entries of 3 that are left");
    assertThat(Allotment.uniform(new long[] {5}, new long[] {3}, 3)).containsExactly(3);
    assertThat(Allotment.uniform(new long[] {5}, new long[] {3}, 0)).containsExactly(0);
  }
}
