package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quadratics: the matrices are known. */
class TraceEstimateTest {
  private static final int SIZE = 30;

  /** Symmetric; its trace is the sum of i, 435, and off the diagonal lies noise. */
  private static final double[][] MATRIX = matrix();

  private static double[][] matrix() {
    double[][] matrix = new double[SIZE][SIZE];
    KeyedRandom draws = KeyedRandom.of(1, "matrix");
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = i == j ? i : draws.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private static double[] product(double[] vector) {
    double[] image = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        image[i] += MATRIX[i][j] * vector[j];
      }
    }
    return image;
  }

  /** Signs leave a diagonal matrix's trace exact. */
  @Test
  void aDiagonalIsExactAndOnlyKeptEntriesCount() {
    boolean[] kept = new boolean[SIZE];
    kept[2] = true;
    kept[7] = true;
    TraceEstimate estimate =
        estimate(
            vector -> {
              double[] image = new double[SIZE];
              for (int i = 0; i < SIZE; i++) {
                image[i] = i * vector[i];
              }
              return image;
            },
            kept,
            probe -> KeyedRandom.of(1, probe),
            4);
    assertThat(estimate).isEqualTo(new TraceEstimate(9, 0, 4));
  }

  /** A draw's bits give 64 signs, from the lowest on; pruned entries use up theirs. */
  @Test
  void signsAreDrawn() {
    boolean[] kept = new boolean[70];
    Arrays.fill(kept, true);
    kept[1] = false;
    kept[64] = false;
    List<double[]> given = new ArrayList<>();
    TraceEstimate.probes(
        vector -> {
          given.add(vector.clone());
          return 0;
        },
        kept,
        probe -> KeyedRandom.of(3, probe),
        0,
        8);
    for (int probe = 0; probe < 8; probe++) {
      KeyedRandom draws = KeyedRandom.of(3, probe);
      String bits = bits(draws.nextLong()) + bits(draws.nextLong());
      double[] signs = new double[kept.length];
      for (int i = 0; i < signs.length; i++) {
        signs[i] = bits.charAt(i) == '1' ? -1 : 1;
      }
      signs[1] = 0;
      signs[64] = 0;
      assertThat(given.get(probe)).isEqualTo(signs);
    }
  }

  private static String bits(long draw) {
    String highestFirst = String.format("%64s", Long.toBinaryString(draw)).replace(' ', '0');
    return new StringBuilder(highestFirst).reverse().toString();
  }

  /**
   * Of 100 intervals of two standard errors of 64 probes about 95 hold the truth: fewer than 88
   * have a chance below 0.003 (binomial).
   */
  @Test
  void theStandardErrorCoversTheTruth() {
    int covered = 0;
    double mean = 0;
    for (int seed = 0; seed < 100; seed++) {
      int of = seed;
      TraceEstimate estimate =
          estimate(TraceEstimateTest::product, all(), probe -> KeyedRandom.of(of, "p", probe), 64);
      covered += Math.abs(estimate.mean() - 435) <= 1.998 * estimate.standardError() ? 1 : 0;
      mean += estimate.mean() / 100;
    }
    assertThat(covered).isBetween(88, 100);
    // each probe varies by 2·Σ of the squares off the diagonal, about 2·870
    assertThat(mean).isCloseTo(435, within(4 * Math.sqrt(2 * 870 / 6400.0)));
  }

  /** Against a thousand times as many steps with the matrix itself. */
  @Test
  void findsTheLargestEigenvalue() {
    LargestEigenvalue found =
        LargestEigenvalue.of(TraceEstimateTest::product, all(), KeyedRandom.of(1, "start"), 500);
    double[] vector = new double[SIZE];
    vector[SIZE - 1] = 1;
    double length = 0;
    for (int step = 0; step < 200_000; step++) {
      vector = product(vector);
      length = 0;
      for (double each : vector) {
        length += each * each;
      }
      length = Math.sqrt(length);
      for (int i = 0; i < SIZE; i++) {
        vector[i] /= length;
      }
    }
    assertThat(found.value()).isCloseTo(length, within(1e-3 * length));
    assertThat(Math.abs(found.value() - length)).isLessThanOrEqualTo(found.residual());
    assertThat(found.iterations()).isLessThan(500);
  }

  @Test
  void ofNothingIsZero() {
    LargestEigenvalue found =
        LargestEigenvalue.of(vector -> new double[SIZE], all(), KeyedRandom.of(1, "start"), 9);
    assertThat(found).isEqualTo(new LargestEigenvalue(0, 0, 1));
  }

  /** In two blocks, as workers share it. */
  private static TraceEstimate estimate(
      UnaryOperator<double[]> product,
      boolean[] kept,
      LongFunction<KeyedRandom> draws,
      int probes) {
    ToDoubleFunction<double[]> form =
        vector -> {
          double[] image = product.apply(vector);
          return IntStream.range(0, SIZE).mapToDouble(i -> vector[i] * image[i]).sum();
        };
    List<Double> values = new ArrayList<>();
    for (double value : TraceEstimate.probes(form, kept, draws, 0, 3)) {
      values.add(value);
    }
    for (double value : TraceEstimate.probes(form, kept, draws, 3, probes)) {
      values.add(value);
    }
    return TraceEstimate.of(values);
  }

  private static boolean[] all() {
    boolean[] all = new boolean[SIZE];
    Arrays.fill(all, true);
    return all;
  }
}
