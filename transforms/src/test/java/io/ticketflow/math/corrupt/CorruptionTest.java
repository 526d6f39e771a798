package io.ticketflow.math.corrupt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.KeyedRandom;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all corruptions have in common, on smooth images with an edge and a dark corner. */
class CorruptionTest {
  private static final int IMAGES = 12;

  /** Elastic pulls less the more it bends; saturate makes paler before it makes stronger. */
  private static final Set<Corruption> NOT_BY_ERROR =
      Set.of(Corruption.ELASTIC_TRANSFORM, Corruption.SATURATE);

  @ParameterizedTest
  @EnumSource
  void isStrongestAtSeverity5AndStaysInRange(Corruption corruption) {
    assertThat(error(corruption, 1)).isPositive();
    if (!NOT_BY_ERROR.contains(corruption)) {
      assertThat(error(corruption, 5)).isGreaterThan(error(corruption, 1));
    }
  }

  /** As in the benchmark, single corruptions are not: frost hides more light than it adds. */
  @Test
  void theMeanOfTheBenchmarkGrowsWithSeverity() {
    double[] means = new double[5];
    for (Corruption corruption : Corruption.named("main")) {
      for (int severity = 1; severity <= 5; severity++) {
        means[severity - 1] += error(corruption, severity);
      }
    }
    assertThat(means).isSorted().doesNotHaveDuplicates();
  }

  /** The root mean squared error over all values. */
  private static double error(Corruption corruption, int severity) {
    double squares = 0;
    for (int i = 0; i < IMAGES; i++) {
      float[] clean = image(i, 3, 32);
      float[] corrupted = corruption.apply(clean, 3, 32, 32, severity, draws(i, severity));
      assertThat(corrupted).hasSize(clean.length);
      for (int j = 0; j < clean.length; j++) {
        assertThat(corrupted[j]).isBetween(0f, 1f);
        squares += Math.pow(corrupted[j] - clean[j], 2) / clean.length / IMAGES;
      }
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @EnumSource
  void worksOnOneChannelAndOnAnySizeAndLeavesTheImage(Corruption corruption) {
    for (int side : new int[] {4, 8, 28, 64}) {
      for (int channels : new int[] {1, 3}) {
        float[] clean = image(1, channels, side);
        float[] before = clean.clone();
        float[] corrupted = corruption.apply(clean, channels, side, side, 5, draws(1, 5));
        assertThat(corrupted).hasSize(channels * side * side);
        assertThat(clean).isEqualTo(before);
        assertThat(corruption.apply(clean, channels, side, side, 5, draws(1, 5)))
            .isEqualTo(corrupted);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Corruption.class,
      names = {
        "GAUSSIAN_NOISE",
        "SHOT_NOISE",
        "IMPULSE_NOISE",
        "SPECKLE_NOISE",
        "GLASS_BLUR",
        "MOTION_BLUR",
        "SNOW",
        "FROST",
        "FOG",
        "SPATTER",
        "ELASTIC_TRANSFORM"
      })
  void otherDrawsGiveOtherImages(Corruption corruption) {
    float[] clean = image(1, 3, 32);
    assertThat(corruption.apply(clean, 3, 32, 32, 3, draws(1, 3)))
        .isNotEqualTo(corruption.apply(clean, 3, 32, 32, 3, draws(2, 3)));
  }

  @Test
  void areNamedAsPublished() {
    assertThat(Corruption.named("main")).hasSize(15).contains(Corruption.JPEG_COMPRESSION);
    assertThat(Corruption.named("extra"))
        .extracting(Corruption::label)
        .containsExactly("speckle-noise", "gaussian-blur", "spatter", "saturate");
    assertThat(Corruption.named("geometric")).hasSize(2);
    assertThat(Corruption.named("fog")).containsExactly(Corruption.FOG);
    assertThatThrownBy(() -> Corruption.named("rain")).hasMessageContaining("no corruption rain");
  }

  /** Mean and spread of many draws are those of the distribution. */
  @Test
  void noiseHasThePublishedStrength() {
    float[] grey = new float[64 * 64 * 3];
    Arrays.fill(grey, 0.5f);
    assertThat(spread(Corruption.GAUSSIAN_NOISE, grey, 1)).isCloseTo(0.04, within(0.001));
    assertThat(spread(Corruption.GAUSSIAN_NOISE, grey, 5)).isCloseTo(0.10, within(0.002));
    // a Poisson number of 0.5 · 50 photons, in fiftieths
    assertThat(spread(Corruption.SHOT_NOISE, grey, 5)).isCloseTo(Math.sqrt(25) / 50, within(0.002));
    assertThat(spread(Corruption.SHOT_NOISE, grey, 1))
        .isCloseTo(Math.sqrt(250) / 500, within(0.001));
    assertThat(spread(Corruption.SPECKLE_NOISE, grey, 5)).isCloseTo(0.1, within(0.002));
    float[] lost = Corruption.IMPULSE_NOISE.apply(grey, 3, 64, 64, 5, draws(1, 5));
    int[] counts = new int[2];
    for (float value : lost) {
      if (value != 0.5f) {
        counts[(int) value]++;
      }
    }
    assertThat(counts[0] / (double) grey.length).isCloseTo(0.035, within(0.005));
    assertThat(counts[1] / (double) grey.length).isCloseTo(0.035, within(0.005));
  }

  private static double spread(Corruption corruption, float[] grey, int severity) {
    float[] noisy = corruption.apply(grey, 3, 64, 64, severity, draws(1, severity));
    double mean = 0;
    for (float value : noisy) {
      mean += value / (double) noisy.length;
    }
    assertThat(mean).isCloseTo(0.5, within(0.005));
    double squares = 0;
    for (float value : noisy) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / noisy.length);
  }

  private static KeyedRandom draws(int image, int severity) {
    return KeyedRandom.of(7, image, severity);
  }

  /** Slow waves, a bright square, a dark corner. */
  private static float[] image(int number, int channels, int side) {
    float[] image = new float[channels * side * side];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double wave = Math.sin(6.0 * (x + number) / side + c) * Math.cos(5.0 * y / side + number);
          boolean square = y > side / 3 && y < side / 2 && x > side / 4 && x < side * 2 / 3;
          boolean corner = y + x < side / 3;
          image[(c * side + y) * side + x] =
              (float) (corner ? 0.05 : square ? 0.9 - 0.1 * c : 0.4 + 0.25 * wave);
        }
      }
    }
    return image;
  }
}
