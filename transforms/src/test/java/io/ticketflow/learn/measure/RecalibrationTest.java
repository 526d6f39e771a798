package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  private static final int CHANNELS = 3;
  private static final int PIXELS = 36;

  /** Convolution, BatchNorm, ReLU and a second BatchNorm, which sees what the first one does. */
  private static final ModelGraph NET =
      new ModelGraph(
          2,
          6,
          6,
          Fixtures.CLASSES,
          List.of(
              new Node("conv", new Layer.Conv(2, CHANNELS, 3, 1, 1, false), List.of("input")),
              new Node("bn", new Layer.BatchNorm(CHANNELS), List.of("conv")),
              new Node("relu", new Layer.Relu(), List.of("bn")),
              new Node("bn2", new Layer.BatchNorm(CHANNELS), List.of("relu")),
              new Node("mean", new Layer.GlobalAvgPool(), List.of("bn2")),
              new Node("fc", new Layer.Linear(CHANNELS, 3, true), List.of("mean"))));

  private static final DataSplits DATA = Fixtures.data(NET, 37, 0);
  private static final TensorSet START = Fixtures.weights(NET, 8);

  @Test
  void statisticsAreTheWeightedMeanOverAllBatchesTheSmallerLastOneIncluded() {
    assertMatches(recalibrate(START, 16, 0), expected(16, 37));
  }

  @Test
  void onlySoManyBatchesAreReadIfASettingSaysSo() {
    assertMatches(recalibrate(START, 16, 2), expected(16, 32));
  }

  @Test
  void recalibratingTwiceChangesNothing() {
    TensorSet once = recalibrate(START, 16, 0);
    TensorSet twice = recalibrate(once, 16, 0);
    for (Tensor tensor : once.tensors()) {
      assertThat(twice.get(tensor.name()).values()).as(tensor.name()).isEqualTo(tensor.values());
    }
  }

  @Test
  void trainedTensorsStayAsTheyAre() {
    TensorSet once = recalibrate(START, 16, 0);
    for (String name : List.of("conv.weight", "bn.weight", "bn.bias", "fc.weight", "fc.bias")) {
      assertThat(once.get(name)).isEqualTo(START.get(name));
    }
    assertThat(once.get("bn.running_mean").values())
        .isNotEqualTo(START.get("bn.running_mean").values());
  }

  @Test
  void aNetworkWithoutBatchNormComesBackAsItIs() {
    ModelGraph mlp = Fixtures.mlp();
    TensorSet weights = Fixtures.weights(mlp, 1);
    assertThat(
            Recalibration.recalibrate(
                mlp,
                weights,
                Fixtures.data(mlp, 5, 0),
                new EvaluationSpec(2, 2, 0, 15, false),
                new TorchCalculator(Device.cpu())))
        .isSameAs(weights);
  }

  private static TensorSet recalibrate(TensorSet tensors, int batch, int batches) {
    return Recalibration.recalibrate(
        NET,
        tensors,
        DATA,
        new EvaluationSpec(batch, batch, batches, 15, false),
        new TorchCalculator(Device.cpu()));
  }

  private static void assertMatches(TensorSet actual, double[][] expected) {
    String[] names = {"bn.running_mean", "bn.running_var", "bn2.running_mean", "bn2.running_var"};
    for (int s = 0; s < names.length; s++) {
      for (int c = 0; c < CHANNELS; c++) {
        assertThat((double) actual.get(names[s]).values()[c])
            .as("%s[%d]", names[s], c)
            .isCloseTo(expected[s][c], within(2e-6 * Math.max(1, Math.abs(expected[s][c]))));
      }
    }
  }

  /** Mean and variance of both layers in doubles, from the definitions. */
  private static double[][] expected(int batch, int images) {
    double[][] sums = new double[4][CHANNELS];
    for (int from = 0; from < images; from += batch) {
      int to = Math.min(images, from + batch);
      int n = to - from;
      for (int c = 0; c < CHANNELS; c++) {
        double[] values = new double[n * PIXELS];
        for (int i = 0; i < values.length; i++) {
          values[i] = convolution(from + i / PIXELS, c, i % PIXELS);
        }
        double mean = mean(values);
        double variance = squares(values, mean) / values.length;
        sums[0][c] += n * mean;
        sums[1][c] += n * squares(values, mean) / (values.length - 1);
        double weight = START.get("bn.weight").values()[c];
        double bias = START.get("bn.bias").values()[c];
        for (int i = 0; i < values.length; i++) {
          double normal = (values[i] - mean) / Math.sqrt(variance + 1e-5);
          values[i] = Math.max(0, weight * normal + bias);
        }
        double second = mean(values);
        sums[2][c] += n * second;
        sums[3][c] += n * squares(values, second) / (values.length - 1);
      }
    }
    for (double[] sum : sums) {
      for (int c = 0; c < CHANNELS; c++) {
        sum[c] /= images;
      }
    }
    return sums;
  }

  private static double convolution(int image, int channel, int pixel) {
    Images images = DATA.train();
    float[] weight = START.get("conv.weight").values();
    double sum = 0;
    for (int in = 0; in < 2; in++) {
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int y = pixel / 6 + dy;
          int x = pixel % 6 + dx;
          if (y >= 0 && y < 6 && x >= 0 && x < 6) {
            int raw = images.pixels()[((image * 2 + in) * 6 + y) * 6 + x] & 0xFF;
            sum +=
                (raw / 255.0 - 0.5) / 0.25 * weight[((channel * 2 + in) * 3 + dy + 1) * 3 + dx + 1];
          }
        }
      }
    }
    return sum;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double squares(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }
}
