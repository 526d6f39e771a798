package io.ticketflow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest of windows against nested loops over images. */
class MaxPoolTest {
  private static final int CHANNELS = 3;

  @ParameterizedTest
  @CsvSource({
    // height, width, kernel, stride, padding, images, whether others left a gradient
    "8, 8, 2, 2, 0, 16, false",
    "4, 4, 2, 2, 0, 40, true",
    "9, 7, 3, 2, 1, 19, false",
    "9, 7, 3, 2, 1, 19, true",
    "5, 6, 3, 1, 1, 33, false",
    "3, 3, 3, 3, 0, 2, false",
    "2, 2, 2, 2, 0, 16, false"
  })
  void equalsNestedLoops(
      int height, int width, int kernel, int stride, int padding, int images, boolean adds) {
    Geometry geometry = new Geometry(kernel, stride, padding);
    for (Kernels kernels : new Kernels[] {new ScalarKernels(), new VectorKernels()}) {
      FeatureMap in = FeatureMap.ofImages(CHANNELS, height, width, 1, images);
      FeatureMap out =
          FeatureMap.ofImages(CHANNELS, size(height, geometry), size(width, geometry), 0, images);
      in.withGradient(null);
      out.withGradient(null);
      Random random = new Random(7);
      for (int image = 0; image < images; image++) {
        for (int i = 0; i < CHANNELS * height * width; i++) {
          // some are equal
          in.values()[at(in, image, i)] = Math.round(2 * random.nextGaussian());
          in.gradient()[at(in, image, i)] = adds ? (float) random.nextGaussian() : 9;
        }
        for (int i = 0; i < CHANNELS * out.height() * out.width(); i++) {
          out.gradient()[at(out, image, i)] = (float) random.nextGaussian();
        }
      }
      float[] before = in.gradient().clone();
      try (Crew crew = new Crew(kernels, 2)) {
        MaxPool pool = new MaxPool(crew, geometry, new Sink(in, true, adds), out);
        pool.forward(new float[0], images, true);
        pool.backward(new float[0], images, new float[0]);
      }
      for (int image = 0; image < images; image++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          check(geometry, in, out, image, channel, adds ? before : new float[before.length]);
        }
      }
    }
  }

  @Test
  void notANumberIsLargerThanAll() {
    for (Kernels kernels : new Kernels[] {new ScalarKernels(), new VectorKernels()}) {
      FeatureMap in = FeatureMap.ofImages(1, 2, 2, 0, 1);
      FeatureMap out = FeatureMap.ofImages(1, 1, 1, 0, 1);
      in.values()[in.at(0)] = 1;
      in.values()[in.at(0) + Kernels.LANES] = Float.NaN;
      in.values()[in.at(0) + in.rowStep()] = 5;
      try (Crew crew = new Crew(kernels, 1)) {
        new MaxPool(crew, new Geometry(2, 2, 0), new Sink(in, true, false), out)
            .forward(new float[0], 1, true);
      }
      assertThat(out.values()[out.at(0)]).isNaN();
    }
  }

  private static int size(int length, Geometry geometry) {
    return (length + 2 * geometry.padding() - geometry.kernel()) / geometry.stride() + 1;
  }

  private static int at(FeatureMap map, int image, int pixel) {
    int channel = pixel / (map.height() * map.width());
    int row = pixel / map.width() % map.height();
    return map.at(image)
        + channel * map.channelStep()
        + row * map.rowStep()
        + pixel % map.width() * Kernels.LANES;
  }

  /** One image's channel: windows row by row, of equal values the first. */
  private static void check(
      Geometry geometry, FeatureMap in, FeatureMap out, int image, int channel, float[] before) {
    int area = in.height() * in.width();
    float[] gradient = new float[area];
    for (int i = 0; i < area; i++) {
      gradient[i] = before[at(in, image, channel * area + i)];
    }
    for (int i = 0; i < out.height() * out.width(); i++) {
      int top = i / out.width() * geometry.stride() - geometry.padding();
      int left = i % out.width() * geometry.stride() - geometry.padding();
      int best = -1;
      for (int row = top; row < top + geometry.kernel(); row++) {
        for (int column = left; column < left + geometry.kernel(); column++) {
          boolean there = row >= 0 && row < in.height() && column >= 0 && column < in.width();
          int pixel = row * in.width() + column;
          if (there
              && (best < 0 || value(in, image, channel, pixel) > value(in, image, channel, best))) {
            best = pixel;
          }
        }
      }
      int written = at(out, image, channel * out.height() * out.width() + i);
      assertThat(out.values()[written]).isEqualTo(value(in, image, channel, best));
      gradient[best] += out.gradient()[written];
    }
    for (int i = 0; i < area; i++) {
      assertThat(in.gradient()[at(in, image, channel * area + i)]).isEqualTo(gradient[i]);
    }
  }

  private static float value(FeatureMap in, int image, int channel, int pixel) {
    return in.values()[at(in, image, channel * in.height() * in.width() + pixel)];
  }
}
