package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightAverageTest {
  /** The sum of the weights is kept in three floats a weight, from which the double comes back. */
  @Test
  void aSumOfWeightsSurvivesItsPartsExactly() {
    float[][] samples = {
      {1f, 1e-38f, Float.MIN_VALUE, -3.4e38f, 0.1f, -0f},
      {1e-7f, 1e-3f, Float.MIN_VALUE, 3.3e38f, 1e10f, -0f},
      {3e-9f, -7f, 1e-30f, 1f, -1e-12f, -0f}
    };
    WeightAverage whole = new WeightAverage(6);
    WeightAverage split = new WeightAverage(6);
    for (float[] sample : samples) {
      whole.add(sample);
      split.add(sample);
      split = new WeightAverage(split.parts(), split.samples());
    }
    assertThat(split.mean()).isEqualTo(whole.mean());
    double sum = 0;
    for (float[] sample : samples) {
      sum += sample[4];
    }
    assertThat(split.parts().stream().mapToDouble(part -> part[4]).sum()).isEqualTo(sum);
  }
}
