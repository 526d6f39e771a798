package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
  private static final int IMAGES = 400;

  /** Labels are drawn from softmax(z), and the network says 3·z. */
  @Test
  void findsTheBestOfAGridAndAboutTheTruth() {
    KeyedRandom draws = KeyedRandom.of(1, "temperature");
    double[][] logits = new double[IMAGES][4];
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      double[] z = new double[4];
      double all = 0;
      for (int k = 0; k < 4; k++) {
        z[k] = draws.nextGaussian();
        logits[i][k] = 3 * z[k];
        all += Math.exp(z[k]);
      }
      double at = draws.nextDouble() * all;
      while (at > Math.exp(z[labels[i]]) && labels[i] < 3) {
        at -= Math.exp(z[labels[i]]);
        labels[i]++;
      }
    }
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double temperature = 0.5; temperature < 10; temperature += 0.0005) {
      double nll = nll(logits, labels, temperature);
      if (nll < least) {
        least = nll;
        best = temperature;
      }
    }
    double found = TemperatureScaling.fit(logits, labels);
    assertThat(found).isCloseTo(best, within(0.0006));
    assertThat(found).isCloseTo(3, within(0.6));
  }

  /** Two images of logits 1 and 0, one of which is wrong: no temperature is too high. */
  @Test
  void endsAtTheRangesEnds() {
    double[][] logits = {{1, 0}, {1, 0}};
    assertThat(TemperatureScaling.fit(logits, new int[] {0, 1})).isCloseTo(100, within(1e-6));
    assertThat(TemperatureScaling.fit(logits, new int[] {0, 0})).isCloseTo(0.01, within(1e-9));
  }

  /** Of three images with logits ±1 one is wrong: the odds 2 are e^(2/T). */
  @Test
  void byHand() {
    double[][] logits = {{1, -1}, {1, -1}, {1, -1}};
    assertThat(TemperatureScaling.fit(logits, new int[] {0, 0, 1}))
        .isCloseTo(2 / Math.log(2), within(1e-9));
    assertThat(TemperatureScaling.probabilities(new double[] {1, -1}, 2 / Math.log(2))[0])
        .isCloseTo(2.0 / 3, within(1e-12));
  }

  private static double nll(double[][] logits, int[] labels, double temperature) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double all = 0;
      for (double logit : logits[i]) {
        all += Math.exp(logit / temperature);
      }
      sum += Math.log(all) - logits[i][labels[i]] / temperature;
    }
    return sum / labels.length;
  }
}
