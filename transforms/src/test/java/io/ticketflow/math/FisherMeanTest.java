package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FisherMeanTest {
  private static final double FLOOR = 1e-8;

  /** (3 · 2 + 1 · 6) / 4 = 3. */
  @Test
  void weighsByInformation() {
    float[] a = {2, 2};
    float[] b = {6, 6};

    assertThat(FisherMean.of(List.of(a, b), List.of(new float[] {3, 1}, new float[] {1, 3}), FLOOR))
        .containsExactly(3, 5);
  }

  /** 0 counts as the floor: (0.5 · 1 + 1.5 · 3) / 2 = 2.5; two floors are a mean. */
  @Test
  void countsAtLeastTheFloor() {
    float[] a = {1, 1};
    float[] b = {3, 2};

    assertThat(
            FisherMean.of(
                List.of(a, b), List.of(new float[] {0, 0}, new float[] {1.5f, 0.2f}), 0.5))
        .containsExactly(2.5f, 1.5f);
  }

  @Test
  void ofEqualInformationItIsTheMean() {
    KeyedRandom draws = KeyedRandom.of(1, "fisher");
    float[] a = new float[100];
    float[] b = new float[100];
    float[] c = new float[100];
    float[] known = new float[100];
    for (int i = 0; i < 100; i++) {
      a[i] = (float) draws.nextGaussian();
      b[i] = (float) draws.nextGaussian();
      c[i] = (float) draws.nextGaussian();
      known[i] = draws.nextFloat();
    }
    float[] mean = ExactMean.of(List.of(a, b, c));
    float[] found = FisherMean.of(List.of(a, b, c), List.of(known, known, known), FLOOR);
    for (int i = 0; i < 100; i++) {
      assertThat(found[i]).isCloseTo(mean[i], within(Math.ulp(mean[i])));
    }
  }

  @Test
  void equalArraysComeBackBitForBit() {
    float[] array = {0.1f, -1f / 3, -0f, 1e-30f};
    float[] known = {1e-3f, 0.7f, 0, 5};
    float[] other = {0.3f, 0, 2e-5f, 1};

    assertThat(FisherMean.of(List.of(array), List.of(known), FLOOR)).isEqualTo(array);
    float[] found = FisherMean.of(List.of(array, array), List.of(known, other), FLOOR);
    assertThat(found).isEqualTo(array);
    assertThat(Float.floatToRawIntBits(found[2])).isEqualTo(Float.floatToRawIntBits(-0f));
  }
}
