package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ticketflow.math.KeyedRandom;
import java.util.List;
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
    WeightAverage whole = new WeightAverage(6, false);
    WeightAverage split = new WeightAverage(6, false);
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

  /** Against both passes in doubles, over weights that differ in their fifth digit and less. */
  @Test
  void theSpreadIsTheDeviationAroundTheMean() {
    int size = 400;
    KeyedRandom draws = KeyedRandom.of(3, "snapshots");
    float[][] samples = new float[7][size];
    for (int i = 0; i < size; i++) {
      double mean = draws.nextGaussian();
      double spread = StrictMath.pow(10, -6 * draws.nextDouble());
      boolean pruned = i % 5 == 0;
      for (float[] sample : samples) {
        sample[i] = pruned ? 0f : (float) (mean + spread * draws.nextGaussian());
      }
    }
    WeightAverage average = new WeightAverage(size, true);
    for (float[] sample : samples) {
      average.add(sample);
      List<float[]> parts = average.parts();
      assertThat(parts).hasSize(7);
      WeightAverage resumed = new WeightAverage(parts, average.samples());
      assertThat(resumed.spread()).isEqualTo(average.spread());
      average = resumed;
    }
    float[] spread = average.spread();
    for (int i = 0; i < size; i++) {
      double mean = 0;
      double squares = 0;
      for (float[] sample : samples) {
        mean += sample[i] / 7.0;
      }
      for (float[] sample : samples) {
        squares += (sample[i] - mean) * (sample[i] - mean) / 7;
      }
      assertThat((double) spread[i]).isCloseTo(Math.sqrt(squares), withinPercentage(0.0002));
      assertThat(spread[i] == 0).isEqualTo(i % 5 == 0);
    }
  }
}
