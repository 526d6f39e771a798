package io.ticketflow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions and linear layers of many shapes against nested loops in double. */
class ConvolutionTest {
  /**
   * Forward, both gradients, scalar, by vectors, and by several threads; of features where a map
   * has no pixels.
   */
  @ParameterizedTest
  @CsvSource({
    // in, out, height, width, kernel, stride, padding, images, density
    "3, 5, 8, 8, 3, 1, 1, 16, 1",
    "3, 5, 8, 8, 3, 1, 1, 19, 0.3",
    "4, 9, 9, 7, 3, 2, 1, 33, 1",
    "4, 9, 9, 7, 3, 2, 1, 33, 0.2",
    "4, 6, 8, 8, 1, 2, 0, 5, 0.5",
    "2, 3, 11, 11, 7, 2, 3, 17, 1",
    "2, 3, 11, 11, 7, 2, 3, 17, 0.1",
    "2, 4, 12, 12, 5, 1, 0, 16, 0.4",
    "3, 4, 5, 5, 2, 2, 0, 18, 0.5",
    "2, 3, 10, 10, 3, 3, 1, 16, 0.5",
    "5, 7, 2, 2, 3, 1, 1, 40, 0.4",
    "5, 7, 4, 4, 3, 1, 1, 40, 0.4",
    "40, 9, 4, 4, 3, 1, 1, 128, 0.1",
    "3, 4, 6, 6, 3, 1, 0, 20, 0.5",
    "2, 3, 4, 6, 5, 1, 2, 33, 0.4",
    "5, 7, 4, 4, 3, 2, 1, 40, 0.4",
    "6, 10, 1, 1, 1, 1, 0, 50, 1",
    "6, 10, 1, 1, 1, 1, 0, 50, 0",
    "150, 30, 0, 0, 1, 1, 0, 70, 1",
    "150, 30, 0, 0, 1, 1, 0, 128, 0.1",
    "40, 3, 0, 0, 1, 1, 0, 1, 0.02",
    // nearly full
    "4, 9, 9, 7, 3, 2, 1, 33, 0.9",
    "150, 30, 0, 0, 1, 1, 0, 128, 0.8"
  })
  void equalsNestedLoops(
      int in,
      int out,
      int height,
      int width,
      int kernel,
      int stride,
      int padding,
      int images,
      double density) {
    Geometry geometry = new Geometry(kernel, stride, padding);
    Random random = new Random(1);
    int size = out * in * kernel * kernel;
    boolean[] kept = new boolean[size];
    float[] weights = new float[size + out];
    int count = 0;
    for (int i = 0; i < size; i++) {
      // nothing of the first output channel
      kept[i] = density == 1 || (i >= size / out && random.nextDouble() < density);
      if (kept[i]) {
        weights[count++] = (float) random.nextGaussian();
      }
    }
    float[] dense = new float[size];
    int next = 0;
    for (int i = 0; i < size; i++) {
      dense[i] = kept[i] ? weights[next++] : 0;
    }
    float[] biases = new float[out];
    for (int i = 0; i < out; i++) {
      biases[i] = (float) random.nextGaussian();
      weights[count + i] = biases[i];
    }
    List<Crew> crews =
        List.of(
            new Crew(new ScalarKernels(), 1),
            new Crew(new VectorKernels(), 1),
            new Crew(new VectorKernels(), 3));
    Net[] nets = new Net[crews.size()];
    for (int n = 0; n < nets.length; n++) {
      Net net = new Net(geometry, in, out, height, width, images);
      nets[n] = net;
      net.draw(new Random(2));
      boolean[] mask = density == 1 ? null : kept;
      Convolution layer =
          new Convolution(
              crews.get(n),
              geometry,
              new Sink(net.in, true, false),
              net.out,
              new WeightMask(0, mask),
              count,
              Beside.NOTHING);
      net.gradient = new float[count + out];
      layer.forward(weights, images, true);
      layer.backward(weights, images, net.gradient);
    }
    crews.forEach(Crew::close);
    for (Net net : nets) {
      assertThat(net.out.values()).isEqualTo(nets[1].out.values());
      assertThat(net.in.gradient()).isEqualTo(nets[1].in.gradient());
      assertThat(net.gradient).isEqualTo(nets[1].gradient);
    }
    nets[1].check(dense, biases, kept);
  }

  /** One layer's maps, and what they must hold. */
  private static final class Net {
    final Geometry geometry;
    final FeatureMap in;
    final FeatureMap out;
    final int images;
    float[] gradient = new float[0];

    Net(Geometry geometry, int in, int out, int height, int width, int images) {
      this.geometry = geometry;
      this.images = images;
      if (height == 0) {
        this.in = FeatureMap.ofFeatures(in, images);
        this.out = FeatureMap.ofFeatures(out, images);
      } else {
        int over = 2 * geometry.padding() - geometry.kernel();
        this.in = FeatureMap.ofImages(in, height, width, geometry.borderBefore(), images);
        this.out =
            FeatureMap.ofImages(
                out,
                (height + over) / geometry.stride() + 1,
                (width + over) / geometry.stride() + 1,
                geometry.borderBehind(),
                images);
      }
      this.in.withGradient(null);
      this.out.withGradient(null);
    }

    /** Pixels there, and a gradient back. */
    void draw(Random random) {
      for (int image = 0; image < images; image++) {
        for (int i = 0; i < pixels(in); i++) {
          in.values()[at(in, image, i)] = (float) random.nextGaussian();
        }
        for (int i = 0; i < pixels(out); i++) {
          out.gradient()[at(out, image, i)] = (float) random.nextGaussian();
        }
      }
    }

    static int pixels(FeatureMap map) {
      return map.channels() * (map.isOfFeatures() ? 1 : map.height() * map.width());
    }

    static int at(FeatureMap map, int image, int pixel) {
      if (map.isOfFeatures()) {
        return map.at(image) + pixel * map.channelStep();
      }
      int plane = map.height() * map.width();
      int row = pixel % plane / map.width();
      return map.at(image)
          + pixel / plane * map.channelStep()
          + row * map.rowStep()
          + pixel % map.width() * Kernels.LANES;
    }

    void check(float[] weights, float[] biases, boolean[] kept) {
      int side = geometry.kernel();
      int height = in.isOfFeatures() ? 1 : in.height();
      int width = in.isOfFeatures() ? 1 : in.width();
      int rows = out.isOfFeatures() ? 1 : out.height();
      int columns = out.isOfFeatures() ? 1 : out.width();
      double[][] value = new double[2][images * pixels(out)];
      double[][] back = new double[2][images * pixels(in)];
      double[][] slope = new double[2][weights.length];
      double[][] ofBias = new double[2][biases.length];
      for (int n = 0; n < images; n++) {
        for (int o = 0; o < pixels(out); o++) {
          int channel = o / (rows * columns);
          int row = o % (rows * columns) / columns;
          int column = o % columns;
          double g = out.gradient()[at(out, n, o)];
          int to = n * pixels(out) + o;
          add(value, to, biases[channel]);
          add(ofBias, channel, g);
          for (int k = 0; k < in.channels() * side * side; k++) {
            int r = row * geometry.stride() + k % (side * side) / side - geometry.padding();
            int c = column * geometry.stride() + k % side - geometry.padding();
            if (r < 0 || c < 0 || r >= height || c >= width) {
              continue;
            }
            int i = (k / (side * side) * height + r) * width + c;
            int w = channel * in.channels() * side * side + k;
            double x = in.values()[at(in, n, i)];
            add(value, to, weights[w] * x);
            add(back, n * pixels(in) + i, weights[w] * g);
            add(slope, w, g * x);
          }
        }
      }
      int next = 0;
      for (int n = 0; n < images; n++) {
        for (int o = 0; o < pixels(out); o++) {
          near(out.values()[at(out, n, o)], value, n * pixels(out) + o);
        }
        for (int i = 0; i < pixels(in); i++) {
          near(in.gradient()[at(in, n, i)], back, n * pixels(in) + i);
        }
      }
      for (int i = 0; i < weights.length; i++) {
        if (kept[i]) {
          near(gradient[next++], slope, i);
        }
      }
      for (int i = 0; i < biases.length; i++) {
        near(gradient[next++], ofBias, i);
      }
    }

    private static void add(double[][] sums, int at, double term) {
      sums[0][at] += term;
      sums[1][at] += Math.abs(term);
    }

    /** Within a millionth of the sum of absolute terms. */
    private static void near(float found, double[][] sums, int at) {
      if (!(Math.abs(found - sums[0][at]) <= 1e-6 * sums[1][at])) {
        throw new AssertionError("got " + found + " where the sum is " + sums[0][at]);
      }
    }
  }
}
