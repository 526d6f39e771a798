package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeanTest {
  @Property(tries = 50)
  void theRunningMeanHasTheBitsOfTheExactMean(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int arrays) {
    RunningMean mean = new RunningMean();
    List<float[]> all = new ArrayList<>();
    for (int j = 0; j < arrays; j++) {
      KeyedRandom draws = KeyedRandom.of(seed, "mean", j);
      float[] values = new float[11];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (draws.nextGaussian() * Math.pow(10, draws.nextInt(9) - 4));
      }
      values[3] = -0f;
      all.add(values);
      mean.add(values);
      assertThat(mean.mean()).isEqualTo(ExactMean.of(all));
    }
  }

  @Test
  void theExponentialMeanByHand() {
    ExponentialMean mean = new ExponentialMean(0.75);
    mean.add(new float[] {8, -0f});
    assertThat(mean.mean()).containsExactly(8, -0f);
    mean.add(new float[] {4, 16});
    assertThat(mean.mean()).containsExactly(7, 4); // 0.75·8 + 0.25·4, 0.25·16
    mean.add(new float[] {-1, 0});
    assertThat(mean.mean()).containsExactly(5, 3);
  }

  @Test
  void theExponentialMeanIsRoundedToFloatOnlyOnce() {
    ExponentialMean mean = new ExponentialMean(0.3);
    double plain = 0.1f;
    mean.add(new float[] {0.1f});
    for (float next : new float[] {0.7f, -1e-7f, 33.3f}) {
      mean.add(new float[] {next});
      plain = 0.3 * plain + (1 - 0.3) * next;
    }
    assertThat(mean.mean()).containsExactly((float) plain);
  }

  @Test
  void meansOfNothingOrOfOtherLengthsAreRefused() {
    for (Mean mean : List.of(new RunningMean(), new ExponentialMean(0.5))) {
      assertThatThrownBy(mean::mean).isInstanceOf(IllegalStateException.class);
      mean.add(new float[2]);
      assertThatThrownBy(() -> mean.add(new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("arrays of 2 and of 3 entries have no mean");
    }
    assertThatThrownBy(() -> new ExponentialMean(1)).hasMessageContaining("decay");
  }
}
