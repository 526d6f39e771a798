package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStockTest {
  private static ModelStock of(float[] anchor, float[]... copies) {
    ModelStock stock = new ModelStock(copies.length);
    stock.add(List.of(copies), anchor);
    return stock;
  }

  /** Two steps of 3 and of 5 at 60 degrees: the cosine is 1/2, so t = 2 · 1/2 / (1 + 1/2). */
  @Test
  void takesTwoThirdsOfTheMeanAtSixtyDegrees() {
    float[] anchor = {1, -2};
    float[] right = {1 + 3, -2};
    float[] up = {1 + 2.5f, (float) (-2 + 5 * Math.sqrt(0.75))};

    assertThat(of(anchor, right, up).share()).isCloseTo(2.0 / 3, within(1e-7));
  }

  /**
   * Three steps, of which two are alike and the third is at a right angle: the mean cosine is 1/3.
   */
  @Test
  void takesTheMeanCosineOverAllPairs() {
    float[] anchor = {0, 0};
    float[] right = {2, 0};
    float[] up = {0, 1};

    assertThat(of(anchor, right, right, up).share())
        .isCloseTo((3.0 / 3) / (1 + 2.0 / 3), within(1e-12));
  }

  @Test
  void isTheMeanOfCopiesThatWentTheSameWayAndTheAnchorOfThoseThatWentApart() {
    float[] anchor = {0.1f, 0.2f, 0.3f};
    float[] copy = {0.7f, -0.3f, 1e-3f};

    assertThat(of(anchor, copy, copy, copy).share()).isEqualTo(1);
    assertThat(of(anchor, anchor, anchor).share()).isEqualTo(1);
    assertThat(of(anchor, copy).share()).isEqualTo(1);
    assertThat(of(new float[2], new float[] {1, 0}, new float[] {0, 1}).share()).isZero();
    assertThat(of(new float[1], new float[] {1}, new float[] {-2}).share()).isZero();
  }

  @Test
  void doesNotDependOnHowTheEntriesCome() {
    float[] anchor = {0, 0, 0, 0};
    float[] a = {1, 2, -1, 0.5f};
    float[] b = {2, 1, 0.25f, 3};
    ModelStock parts = new ModelStock(2);
    parts.add(List.of(new float[] {1, 2}, new float[] {2, 1}), new float[2]);
    parts.add(List.of(new float[] {-1, 0.5f}, new float[] {0.25f, 3}), new float[2]);

    assertThat(parts.share()).isEqualTo(of(anchor, a, b).share());
  }

  @Test
  void liesBetween() {
    float[] anchor = {4, -2};
    float[] mean = {8, 2};

    assertThat(ModelStock.between(anchor, mean, 0.25)).containsExactly(5, -1);
    assertThat(ModelStock.between(anchor, mean, 1)).isEqualTo(mean);
    assertThat(ModelStock.between(anchor, mean, 0)).containsExactly(4, -2);
  }
}
