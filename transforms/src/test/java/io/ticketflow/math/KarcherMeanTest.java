package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KarcherMeanTest {
  private static final Offset<Double> NEAR = within(1e-6);

  private static float[] of(float[]... arrays) {
    KarcherMean mean = new KarcherMean(arrays.length);
    mean.add(List.of(arrays));
    return KarcherMean.combined(mean.shares(), List.of(arrays));
  }

  private static float[] drawn(long seed, int length) {
    KeyedRandom draws = KeyedRandom.of(seed, "karcher");
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (draws.nextGaussian() + 0.7);
    }
    return values;
  }

  /** Lengths 3 and 5, at a right angle: half way between, of length 4. */
  @Test
  void ofTwoAtARightAngleItIsTheBisectorOfTheirMeanLength() {
    double half = 4 / Math.sqrt(2);
    assertThat(of(new float[] {3, 0}, new float[] {0, 5}))
        .containsExactly(new float[] {(float) half, (float) half}, within(1e-6f));
    double unit = 1 / Math.sqrt(2);
    assertThat(of(new float[] {1, 0}, new float[] {0, 1}))
        .containsExactly(new float[] {(float) unit, (float) unit}, within(1e-6f));
  }

  /** SLERP: (sin(θ/2) / sin θ) · (u + v). */
  @Test
  void ofTwoItIsTheSphericalInterpolationAtOneHalf() {
    float[] a = drawn(1, 50);
    float[] b = drawn(2, 50);
    double lengthA = length(a);
    double lengthB = length(b);
    double cosine = 0;
    for (int i = 0; i < 50; i++) {
      cosine += a[i] / lengthA * (b[i] / lengthB);
    }
    double angle = Math.acos(cosine);
    float[] found = of(a, b);
    for (int i = 0; i < 50; i++) {
      double slerp = Math.sin(angle / 2) / Math.sin(angle) * (a[i] / lengthA + b[i] / lengthB);
      assertThat((double) found[i]).isCloseTo(slerp * (lengthA + lengthB) / 2, NEAR);
    }
  }

  /**
   * At the mean the ways to all directions cancel out, and its length is the mean length: what
   * defines it, checked on the vectors themselves.
   */
  @Test
  void ofFiveItIsWhereTheWaysToAllCancelOut() {
    float[][] arrays = new float[5][];
    double lengths = 0;
    for (int i = 0; i < 5; i++) {
      arrays[i] = drawn(10 + i, 40);
      lengths += length(arrays[i]) / 5;
    }
    float[] found = of(arrays);
    double[] sum = new double[40];
    for (float[] array : arrays) {
      double cosine = 0;
      for (int i = 0; i < 40; i++) {
        cosine += array[i] / length(array) * (found[i] / length(found));
      }
      double angle = Math.acos(cosine);
      assertThat(angle).isGreaterThan(0.3);
      for (int i = 0; i < 40; i++) {
        double across = array[i] / length(array) - cosine * found[i] / length(found);
        sum[i] += angle / Math.sin(angle) * across;
      }
    }
    assertThat(length(found)).isCloseTo(lengths, NEAR);
    assertThat(sum).containsExactly(new double[40], within(2e-6));
    // and that is not the normalised mean of the directions
    double[] plain = new double[40];
    for (float[] array : arrays) {
      for (int i = 0; i < 40; i++) {
        plain[i] += array[i] / length(array);
      }
    }
    double norm = Math.sqrt(Arrays.stream(plain).map(x -> x * x).sum());
    double away = 0;
    for (int i = 0; i < 40; i++) {
      away = Math.max(away, Math.abs(plain[i] / norm - found[i] / length(found)));
    }
    assertThat(away).isGreaterThan(1e-4);
  }

  @Test
  void equalArraysComeBackBitForBit() {
    float[] array = drawn(3, 30);
    array[4] = -0f;

    assertThat(of(array)).isEqualTo(array);
    assertThat(of(array, array, array)).isEqualTo(array);
    assertThat(Float.floatToRawIntBits(of(array, array)[4]))
        .isEqualTo(Float.floatToRawIntBits(-0f));
  }

  @Test
  void zerosHaveALengthAndNoDirectionAndOppositesTheirMean() {
    assertThat(of(new float[2], new float[2])).containsExactly(0, 0);
    assertThat(of(new float[] {4, 0}, new float[2])).containsExactly(2, 0);
    assertThat(of(new float[] {4, 0}, new float[] {-2, 0})).containsExactly(1, 0);
    // the third lies opposite to the mean of the three: no way leads there
    assertThat(of(new float[] {1, 0}, new float[] {1, 0}, new float[] {-1, 0}))
        .containsExactly(1, 0);
  }

  @Test
  void doesNotDependOnHowTheEntriesCome() {
    float[] a = drawn(5, 20);
    float[] b = drawn(6, 20);
    KarcherMean whole = new KarcherMean(2);
    whole.add(List.of(a, b));
    KarcherMean parts = new KarcherMean(2);
    parts.add(List.of(Arrays.copyOf(a, 7), Arrays.copyOf(b, 7)));
    parts.add(List.of(Arrays.copyOfRange(a, 7, 20), Arrays.copyOfRange(b, 7, 20)));

    assertThat(parts.shares()).isEqualTo(whole.shares());
  }

  private static double length(float[] array) {
    double squares = 0;
    for (float value : array) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
