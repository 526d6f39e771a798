package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.PlainNetwork;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.math.ExactMean;
import io.ticketflow.math.Hyperplane;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HyperplaneSoupTest {
  private static final ModelGraph NET = Fixtures.convNet();
  private static final DataSplits DATA = Fixtures.data(NET, 5, 60);

  static Stream<Calculator> engines() {
    return Stream.of(new TorchCalculator(Device.cpu()), new VectorCalculator(2));
  }

  private static MergingSpec epochs(int epochs, double rate) {
    return new MergingSpec(0.2, 1, 1000, 1e-8, epochs, rate);
  }

  private static TensorSet network(long seed) {
    return Fixtures.masks(NET).applyTo(Fixtures.weights(NET, seed));
  }

  private static TensorSet soup(Calculator calculator, MergingSpec how, TensorSet... networks) {
    return new HyperplaneSoup(NET, DATA, how, 16, calculator).of(List.of(networks), 3);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void withoutEpochsItIsTheMean(Calculator calculator) {
    TensorSet found = soup(calculator, epochs(0, 0.01), network(1), network(2), network(3));
    for (Tensor tensor : found.tensors()) {
      assertThat(tensor.values())
          .isEqualTo(
              ExactMean.of(
                  Stream.of(network(1), network(2), network(3))
                      .map(each -> each.get(tensor.name()).values())
                      .toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void equalNetworksComeBackBitForBit(Calculator calculator) {
    TensorSet found = soup(calculator, epochs(2, 0.1), network(1), network(1));
    TensorSet alone = soup(calculator, epochs(2, 0.1), network(1));
    for (Tensor tensor : network(1).tensors()) {
      assertThat(found.get(tensor.name()).values()).isEqualTo(tensor.values());
      assertThat(alone.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
  }

  /** It keeps the mask, comes out the same twice, and is better on validation than the mean. */
  @ParameterizedTest
  @MethodSource("engines")
  void goesDownOnTheHyperplaneUnderTheMask(Calculator calculator) {
    TensorSet[] networks = {network(1), network(2), network(3)};
    TensorSet found = soup(calculator, epochs(8, 0.05), networks);
    TensorSet again = soup(calculator, epochs(8, 0.05), networks);
    TensorSet mean = soup(calculator, epochs(0, 0.05), networks);
    for (Tensor tensor : Fixtures.masks(NET).applyTo(found).tensors()) {
      assertThat(found.get(tensor.name()).values()).isEqualTo(tensor.values());
      assertThat(again.get(tensor.name()).values()).isEqualTo(tensor.values());
      if (tensor.role() == TensorRole.BUFFER) {
        assertThat(tensor.values()).isEqualTo(mean.get(tensor.name()).values());
      }
    }
    assertThat(loss(found)).isLessThan(loss(mean) - 0.05);
  }

  /** Of the validation split as one batch, by nested loops. */
  private static double loss(TensorSet network) {
    int size = DATA.validation().imageSize();
    double[][] images = new double[DATA.validation().count()][size];
    for (int n = 0; n < images.length; n++) {
      for (int i = 0; i < size; i++) {
        int pixel = DATA.validation().pixels()[n * size + i] & 0xFF;
        int channel = i / (NET.height() * NET.width());
        images[n][i] = (pixel / 255.0 - DATA.mean()[channel]) / DATA.std()[channel];
      }
    }
    double loss = 0;
    double[][] logits = new PlainNetwork(NET, network, true).logits(images);
    for (int n = 0; n < images.length; n++) {
      double total = 0;
      for (double logit : logits[n]) {
        total += Math.exp(logit);
      }
      loss += Math.log(total) - logits[n][DATA.validation().labels()[n]];
    }
    return loss / images.length;
  }

  /**
   * ½·Σ a_i·(θ_i − t_i)² over a plane through two networks of two blocks: in each block the point
   * that is nearest to t, weighted, of the line through both, found by its formula.
   */
  @Test
  void reachesTheOptimumOfAQuadraticLoss() {
    KeyedRandom draws = KeyedRandom.of(1, "quadratic");
    int length = 40;
    float[] first = new float[length];
    float[] second = new float[length];
    double[] target = new double[length];
    double[] curvature = new double[length];
    int[] blocks = new int[length];
    for (int i = 0; i < length; i++) {
      first[i] = (float) draws.nextGaussian();
      second[i] = (float) draws.nextGaussian();
      target[i] = draws.nextGaussian();
      curvature[i] = 0.5 + draws.nextDouble();
      blocks[i] = i < 15 ? 0 : 1;
    }
    Hyperplane plane = new Hyperplane(List.of(first, second), blocks);
    double[] x =
        HyperplaneSoup.learn(
            plane,
            epochs(400, 0.05),
            3,
            (weights, epoch, batch) -> {
              float[] gradient = new float[length];
              for (int i = 0; i < length; i++) {
                gradient[i] = (float) (curvature[i] * (weights[i] - target[i]));
              }
              return gradient;
            });
    float[] found = plane.at(x);
    for (int block = 0; block < 2; block++) {
      double along = 0;
      double all = 0;
      for (int i = 0; i < length; i++) {
        if (blocks[i] == block) {
          double way = (double) second[i] - first[i];
          along += curvature[i] * way * (target[i] - first[i]);
          all += curvature[i] * way * way;
        }
      }
      for (int i = 0; i < length; i++) {
        if (blocks[i] == block) {
          double nearest = first[i] + along / all * ((double) second[i] - first[i]);
          assertThat((double) found[i]).isCloseTo(nearest, within(1e-4));
        }
      }
    }
  }

  /** The first fifth of the steps rises to the rate, and Adam's first step is its rate. */
  @Test
  void warmsUpOverAFifthOfTheSteps() {
    Hyperplane plane = new Hyperplane(List.of(new float[] {1}, new float[] {-1}), new int[1]);
    double[] seen = new double[20];
    HyperplaneSoup.learn(
        plane,
        epochs(5, 0.01),
        4,
        (weights, epoch, batch) -> {
          seen[4 * epoch + batch] = weights[0];
          return new float[] {1};
        });
    // P = (1, −1), so that a step of the rate in both moves the point by twice the rate
    double[] rates = {0.0025, 0.005, 0.0075, 0.01, 0.01, 0.01 * (1 + Math.cos(Math.PI / 16)) / 2};
    double at = 0;
    for (int step = 0; step < rates.length; step++) {
      assertThat(seen[step]).isCloseTo(at, within(1e-7));
      at -= 2 * rates[step];
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsRefused() {
    Hyperplane plane = new Hyperplane(List.of(new float[] {1}, new float[] {-1}), new int[1]);
    assertThatThrownBy(
            () ->
                HyperplaneSoup.learn(
                    plane, epochs(1, 0.1), 1, (weights, e, b) -> new float[] {Float.NaN}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("epoch 1");
  }
}
