package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreAccumulatorTest {
  private static final Offset<Double> TINY = within(1e-13);

  private static final float[] LOGITS = {
    2f, -1f, 0.5f, 0.25f, 0.25f, -3f, -1.5f, 4f, 3.5f, 0f, 0f, 0f, 100f, -100f, 0f
  };
  private static final int[] LABELS = {0, 1, 2, 2, 0};

  /** Expected values from PyTorch's cross_entropy and NumPy, in float64. */
  @Test
  void scoresLogitsAsPyTorchDoes() {
    ScoreAccumulator accumulator = new ScoreAccumulator(3, 15, 0.1);

    accumulator.addLogits(LOGITS, LABELS);

    Scores scores = accumulator.scores();
    assertThat(scores.images()).isEqualTo(5);
    assertThat(scores.nll()).isCloseTo(0.6057779874314045, TINY);
    assertThat(scores.loss()).isCloseTo(2.6874446540980714, TINY);
    assertThat(scores.brier()).isCloseTo(0.40391635790992686, TINY);
    assertThat(scores.ece()).isCloseTo(0.3318214018046423, TINY);
    assertThat(scores.accuracy()).isEqualTo(0.4);
    assertThat(scores.worstClassAccuracy()).isZero();
  }

  /** Bins (0, 0.5] and (0.5, 1]: gaps |1 − 0.5| and |1 − 1.7| over 3 images. */
  @Test
  void scoresProbabilitiesAsByHand() {
    ScoreAccumulator accumulator = new ScoreAccumulator(3, 2, 0);

    accumulator.addProbabilities(new double[] {0.5, 0.5, 0}, 0);
    accumulator.addProbabilities(new double[] {0.8, 0.2, 0}, 1);
    accumulator.addProbabilities(new double[] {0.1, 0.9, 0}, 1);

    Scores scores = accumulator.scores();
    assertThat(scores.ece()).isCloseTo(0.4, TINY);
    assertThat(scores.brier()).isCloseTo(0.6, TINY);
    assertThat(scores.nll()).isCloseTo(Math.log(2 * 5 / 0.9) / 3, TINY);
    assertThat(scores.loss()).isEqualTo(scores.nll());
    assertThat(scores.accuracy()).isEqualTo(2 / 3.0);
    assertThat(scores.worstClassAccuracy()).as("class 2 has no image").isEqualTo(0.5);
  }

  @Test
  void anImageIsScoredTheSameAloneAndInABatch() {
    ScoreAccumulator batch = new ScoreAccumulator(3, 15, 0.1);
    ScoreAccumulator single = new ScoreAccumulator(3, 15, 0.1);

    batch.addLogits(LOGITS, LABELS);
    for (int i = 0; i < LABELS.length; i++) {
      single.addLogits(java.util.Arrays.copyOfRange(LOGITS, 3 * i, 3 * i + 3), LABELS[i]);
    }

    assertThat(single.scores()).isEqualTo(batch.scores());
  }

  @Test
  void tiesGoToTheLowestClass() {
    ScoreAccumulator accumulator = new ScoreAccumulator(3, 15, 0);

    accumulator.addLogits(new float[] {-1f, 2f, 2f}, 1);
    accumulator.addLogits(new float[] {-1f, 2f, 2f}, 2);

    assertThat(accumulator.scores().accuracy()).isEqualTo(0.5);
  }

  @Test
  void aProbabilityOfZeroCountsAsTheLeastNormalDouble() {
    ScoreAccumulator accumulator = new ScoreAccumulator(2, 15, 0);

    accumulator.addProbabilities(new double[] {0, 1}, 0);

    assertThat(accumulator.scores().nll()).isCloseTo(1022 * Math.log(2), TINY);
    assertThat(accumulator.scores().brier()).isEqualTo(2);
    assertThat(accumulator.scores().ece()).isEqualTo(1);
  }

  @Test
  void logitsFarApartStayFinite() {
    ScoreAccumulator accumulator = new ScoreAccumulator(2, 15, 0);

    accumulator.addLogits(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 1);

    assertThat(accumulator.scores().nll()).isEqualTo(2 * (double) Float.MAX_VALUE);
  }

  /** b/15 belongs to the bin that it closes, though 15 · (b/15) may round to either side of b. */
  @Test
  void confidencesAtAnEdgeBelongToTheBinBelow() {
    for (int bins : new int[] {1, 2, 10, 15, 49, 1000}) {
      for (int b = 1; b <= bins; b++) {
        double edge = b / (double) bins;
        assertThat(CalibrationError.bin(edge, bins)).isEqualTo(b - 1);
        assertThat(CalibrationError.bin(Math.nextUp(edge), bins)).isEqualTo(Math.min(b, bins - 1));
        assertThat(CalibrationError.bin(Math.nextDown(edge), bins)).isEqualTo(b - 1);
      }
      assertThat(CalibrationError.bin(0, bins)).isZero();
    }
  }

  @Test
  void refusesWhatIsNoScore() {
    ScoreAccumulator accumulator = new ScoreAccumulator(2, 15, 0);

    assertThatThrownBy(accumulator::scores).hasMessageContaining("no images");
    assertThatThrownBy(() -> accumulator.addLogits(new float[] {1, Float.NaN}, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> accumulator.addProbabilities(new double[] {-0.1, 1.1}, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("-0.1");
    assertThatThrownBy(() -> accumulator.addLogits(new float[] {1, 2}, 2))
        .hasMessageContaining("label 2");
    assertThatThrownBy(() -> accumulator.addLogits(new float[] {1, 2, 3}, new int[] {1}))
        .hasMessageContaining("3 logits for 1 images of 2 classes");
  }
}
