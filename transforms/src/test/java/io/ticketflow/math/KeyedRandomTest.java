package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
  @Test
  void drawsThePublishedOutputsOfSplitMix64() {
    KeyedRandom random = new KeyedRandom(1234567);

    // Of Vigna's splitmix64.c from the state 1234567, as Rosetta Code lists them.
    for (String expected :
        new String[] {
          "6457827717110365317",
          "3203168211198807973",
          "9817491932198370423",
          "4593380528125082431",
          "16408922859458223821"
        }) {
      assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong(expected));
    }
  }

  @Test
  void theSameKeyGivesTheSameStreamAndAnyOtherAnother() {
    long first = KeyedRandom.of(1, "cycle", 2).nextLong();

    assertThat(KeyedRandom.of(1, "cycle", 2).nextLong()).isEqualTo(first);
    assertThat(KeyedRandom.of(2, "cycle", 2).nextLong()).isNotEqualTo(first);
    assertThat(KeyedRandom.of(1, "cycle", 3).nextLong()).isNotEqualTo(first);
    assertThat(KeyedRandom.of(1, "cycle2").nextLong()).isNotEqualTo(first);
    assertThat(KeyedRandom.of(1, "cycl", "e", 2).nextLong()).isNotEqualTo(first);
    assertThat(KeyedRandom.of(1, "cycle", 2, "").nextLong()).isNotEqualTo(first);
  }

  @Test
  void theKeyIsTheFirstBitsOfASha256() {
    // python3: hashlib.sha256((5).to_bytes(8,'big') + (1).to_bytes(4,'big') + b'a').hexdigest()
    KeyedRandom expected = new KeyedRandom(Long.parseUnsignedLong("95dc79e1f51e835f", 16));

    assertThat(KeyedRandom.of(5, "a").nextLong()).isEqualTo(expected.nextLong());
  }

  @Test
  void permutationsAreUniform() {
    KeyedRandom random = KeyedRandom.of(1, "permutations");
    Map<String, Integer> counts = new HashMap<>();
    int draws = 24_000;
    for (int i = 0; i < draws; i++) {
      counts.merge(Arrays.toString(random.permutation(4)), 1, Integer::sum);
    }

    double expected = draws / 24.0;
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(counts).hasSize(24);
    // 99.9 % of chi-square with 23 degrees of freedom.
    assertThat(chiSquare).isLessThan(49.73);
  }

  @Test
  void aPermutationHasEveryIndexOnce() {
    int[] order = KeyedRandom.of(1).permutation(1000);

    assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
    assertThat(KeyedRandom.of(1).permutation(0)).isEmpty();
  }

  @Test
  void numbersStayInTheirRangesWithTheMomentsOfTheirLaws() {
    KeyedRandom random = KeyedRandom.of(3, "moments");
    int n = 200_000;
    double[] sums = new double[5];
    int trues = 0;
    for (int i = 0; i < n; i++) {
      double d = random.nextDouble();
      float f = random.nextFloat();
      int k = random.nextInt(7);
      double g = random.nextGaussian();
      trues += random.nextBoolean() ? 1 : 0;
      assertThat(d >= 0 && d < 1 && f >= 0 && f < 1 && k >= 0 && k < 7).isTrue();
      sums[0] += d;
      sums[1] += f;
      sums[2] += k;
      sums[3] += g;
      sums[4] += g * g;
    }

    // Five standard errors each.
    assertThat(sums[0] / n).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
    assertThat(sums[1] / n).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
    assertThat(sums[2] / n).isCloseTo(3, within(5 * Math.sqrt(4.0 / n)));
    assertThat(sums[3] / n).isCloseTo(0, within(5 * Math.sqrt(1.0 / n)));
    assertThat(sums[4] / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(trues / (double) n).isCloseTo(0.5, within(5 * Math.sqrt(0.25 / n)));
  }

  @Test
  void refusesABoundThatIsNotPositive() {
    assertThatThrownBy(() -> KeyedRandom.of(1).nextInt(0)).hasMessageContaining("got 0");
    assertThat(KeyedRandom.of(1).nextInt(1)).isZero();
  }
}
