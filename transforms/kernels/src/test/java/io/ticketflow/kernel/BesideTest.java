package io.ticketflow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A convolution, BatchNorm with ReLU, and another convolution: what BatchNorm does by itself, pass
 * by pass, is what it does row by row beside the two.
 */
class BesideTest {
  private static final int CHANNELS = 6;
  private static final int WEIGHTS = CHANNELS * CHANNELS * 9;
  private static final int IMAGES = 19;

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 2, 1", "3, 1, 1", "3, 2, 0.3", "1, 1, 0.3"})
  void rowsGiveTheBitsOfPasses(int threads, int stride, double density) {
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels())) {
      Net alone = new Net(new Crew(kernels, threads), stride, density, false);
      Net beside = new Net(new Crew(kernels, threads), stride, density, true);
      assertThat(alone.last.values()).isEqualTo(beside.last.values());
      assertThat(alone.first.gradient()).isEqualTo(beside.first.gradient());
      assertThat(alone.gradient).isEqualTo(beside.gradient);
      assertThat(alone.gradient[WEIGHTS]).isNotZero();
    }
  }

  @Test
  void whatIsReadOnceHasNoValues() {
    Net beside = new Net(new Crew(new ScalarKernels(), 1), 1, 1, true);
    assertThat(beside.normal.values()).isEmpty();
  }

  /** The three layers, there and back once. */
  private static final class Net {
    final FeatureMap first;
    final FeatureMap normal;
    final FeatureMap last;
    final float[] gradient = new float[2 * WEIGHTS + 2 * CHANNELS];

    Net(Crew crew, int stride, double density, boolean beside) {
      Geometry geometry = new Geometry(3, 1, 1);
      Geometry second = new Geometry(3, stride, 1);
      first = map(16, true);
      FeatureMap middle = map(16, true);
      normal = map(16, !beside);
      last = map(16 / stride, true);
      Random random = new Random(3);
      fill(first, first.values(), random);
      fill(last, last.gradient(), random);
      boolean[] kept = new boolean[WEIGHTS];
      for (int i = 0; i < WEIGHTS; i++) {
        kept[i] = random.nextDouble() < density;
      }
      float[] weights = new float[gradient.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      boolean[] mask = density == 1 ? null : kept;
      int scale = 2 * WEIGHTS;
      Normalisation norm =
          new Normalisation(
              crew,
              new Sink(middle, true, false),
              normal,
              scale,
              scale + CHANNELS,
              new Normalisation.Running(new float[CHANNELS], new float[CHANNELS], 0.1, 1e-5),
              true,
              new Normalisation.Passes(beside, beside));
      Beside before = new Beside(null, beside ? norm : null, List.of());
      Beside behind =
          new Beside(beside ? norm : null, null, beside ? List.of(norm.reducing()) : List.of());
      List<Unit> units =
          List.of(
              new Convolution(
                  crew,
                  geometry,
                  new Sink(first, true, false),
                  middle,
                  new WeightMask(0, mask),
                  -1,
                  before),
              norm,
              new Convolution(
                  crew,
                  second,
                  new Sink(normal, true, false),
                  last,
                  new WeightMask(WEIGHTS, mask),
                  -1,
                  behind));
      units.forEach(unit -> unit.forward(weights, IMAGES, true));
      for (int i = units.size() - 1; i >= 0; i--) {
        units.get(i).backward(weights, IMAGES, gradient);
      }
      crew.close();
    }

    private static FeatureMap map(int side, boolean values) {
      FeatureMap map =
          values
              ? FeatureMap.ofImages(CHANNELS, side, side, 1, IMAGES)
              : FeatureMap.withoutValues(CHANNELS, side, side, 1, IMAGES);
      map.withGradient(null);
      return map;
    }

    /** Pixels of the images that are there. */
    private static void fill(FeatureMap map, float[] array, Random random) {
      for (int image = 0; image < IMAGES; image++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
              int place = map.at(image) + channel * map.channelStep() + row * map.rowStep();
              array[place + column * Kernels.LANES] = (float) random.nextGaussian();
            }
          }
        }
      }
    }
  }
}
