package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.testing.Fixtures;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Squared gradients of single images, by either engine, against nested loops in doubles. */
class FisherInformationTest {
  static Stream<Calculator> engines() {
    return Stream.of(new TorchCalculator(Device.cpu()), new VectorCalculator(2));
  }

  /** Running statistics as a trained network has them: none of a batch. */
  private static TensorSet trained(ModelGraph graph) {
    return Fixtures.masks(graph)
        .applyTo(Fixtures.weights(graph, 4))
        .map(
            tensor -> {
              float[] values = tensor.values().clone();
              for (int i = 0; i < values.length && tensor.role() == TensorRole.BUFFER; i++) {
                values[i] = tensor.name().endsWith("var") ? 0.5f + 0.3f * i : 0.2f * i - 0.1f;
              }
              return tensor.withValues(values);
            });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void isTheMeanOfTheSquares(Calculator calculator) {
    for (ModelGraph graph : new ModelGraph[] {Fixtures.convNet(), Fixtures.mlp()}) {
      DataSplits data = Fixtures.data(graph, 11, 3);
      TensorSet network = trained(graph);
      PlainNetwork plain = new PlainNetwork(graph, network, false);
      TensorSet found =
          FisherInformation.diagonal(
              graph, network, data, 1000, FisherInformation.draws(3), calculator);
      for (Tensor tensor : found.tensors()) {
        double[] expected = new double[tensor.values().length];
        for (int image = 0; image < 11 && tensor.role() != TensorRole.BUFFER; image++) {
          Images one = data.train().select(new int[] {image});
          Map<String, double[]> gradients =
              plain.lossGradients(ScoredNet.normalised(one, data), one.labels(), 1);
          for (int i = 0; i < expected.length; i++) {
            expected[i] += Math.pow(PlainNetwork.get(gradients, tensor.name())[i], 2) / 11;
          }
        }
        double most = 1e-12;
        for (double each : expected) {
          most = Math.max(most, each);
        }
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) tensor.values()[i])
              .as(tensor.name())
              .isCloseTo(expected[i], within(2e-5 * most));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void looksAtSoManyImagesAndComesOutTheSameTwice(Calculator calculator) {
    ModelGraph graph = Fixtures.mlp();
    DataSplits data = Fixtures.data(graph, 12, 3);
    TensorSet network = trained(graph);
    KeyedRandom draws = FisherInformation.draws(7);
    int[] chosen = BalancedSample.order(data.train(), 2, FisherInformation.draws(7));
    TensorSet two = FisherInformation.diagonal(graph, network, data, 2, draws, calculator);
    TensorSet again =
        FisherInformation.diagonal(graph, network, data, 2, FisherInformation.draws(7), calculator);
    PlainNetwork plain = new PlainNetwork(graph, network, false);
    double[] expected = new double[Fixtures.CLASSES];
    for (int image : chosen) {
      Images one = data.train().select(new int[] {image});
      double[] gradient =
          PlainNetwork.get(
              plain.lossGradients(ScoredNet.normalised(one, data), one.labels(), 1), "fc2.bias");
      for (int k = 0; k < expected.length; k++) {
        expected[k] += gradient[k] * gradient[k] / 2;
      }
    }
    assertThat(chosen).hasSize(2);
    for (Tensor tensor : two.tensors()) {
      assertThat(again.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
    for (int k = 0; k < expected.length; k++) {
      assertThat((double) two.get("fc2.bias").values()[k]).isCloseTo(expected[k], within(1e-6));
    }
  }
}
