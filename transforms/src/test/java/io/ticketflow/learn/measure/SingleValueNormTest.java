package io.ticketflow.learn.measure;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.learn.pool.Validator;
import io.ticketflow.learn.torch.LossGradient;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** BatchNorm that sees one value of each channel in an image: no batch may be a single image. */
class SingleValueNormTest {
  private static final double RATE = 0.05;

  /** 2 × 3 × 3 images → one pixel of 4 channels → BatchNorm → classes. */
  private static final ModelGraph NET =
      new ModelGraph(
          2,
          3,
          3,
          Fixtures.CLASSES,
          List.of(
              new Node("conv", new Layer.Conv(2, 4, 3, 1, 0, false), List.of(ModelGraph.INPUT)),
              new Node("bn", new Layer.BatchNorm(4), List.of("conv")),
              new Node("flat", new Layer.Flatten(), List.of("bn")),
              new Node("fc", new Layer.Linear(4, Fixtures.CLASSES, true), List.of("flat"))));

  /** In batches of 2 the fifth image would be alone. */
  private static final DataSplits DATA = Fixtures.data(NET, 5, 3);

  private static final TensorSet WEIGHTS = Fixtures.weights(NET, 4);

  @Test
  void onlySuchNetworksNeedTwoImages() {
    assertThat(NET.smallestBatch()).isEqualTo(2);
    assertThat(Fixtures.convNet().smallestBatch()).isEqualTo(1);
    assertThat(Fixtures.mlp().smallestBatch()).isEqualTo(1);
    // Five pools of 2: images of 16 have one pixel before the fifth, images of 32 have four.
    assertThat(vgg(16).smallestBatch()).isEqualTo(2);
    assertThat(vgg(32).smallestBatch()).isEqualTo(1);
  }

  private static ModelGraph vgg(int side) {
    return ModelZoo.build(new ModelSpec("vgg-11", 0, "cifar", HE), 3, side, side, 10);
  }

  @Test
  void theGradientOverFiveImagesIsThatOfBatchesOfTwoAndThree() {
    PlainNetwork plain = new PlainNetwork(NET, WEIGHTS, true);
    int[] all = {0, 1, 2, 3, 4};
    TensorSet found =
        LossGradient.gradient(
            NET, WEIGHTS, Fixtures.fullMasks(NET), DATA, new ImageSample(all, 2), Device.cpu());
    Map<String, double[]> two = gradients(plain, new int[] {0, 1});
    Map<String, double[]> three = gradients(plain, new int[] {2, 3, 4});
    for (Tensor tensor : found.tensors()) {
      for (int i = 0; i < tensor.values().length; i++) {
        double sum =
            PlainNetwork.get(two, tensor.name())[i] + PlainNetwork.get(three, tensor.name())[i];
        assertThat((double) tensor.values()[i]).as(tensor.name()).isCloseTo(sum / 5, within(1e-5));
      }
    }
  }

  @Test
  void anEpochOfFiveImagesIsTwoSteps() {
    DrawKey draws = new DrawKey(5, 0, 0);
    TrainingSpec training =
        new TrainingSpec(
            1,
            0,
            0,
            2,
            0,
            1,
            Fixtures.sgd(0, false, 0),
            Fixtures.constant(RATE),
            new SwaSpec(0, 0.02, SwaSpec.Anneal.NONE, false),
            SparsifierSpec.NONE);
    TrainedNetwork trained =
        new TorchTrainer(Device.cpu())
            .train(
                Fixtures.job(NET, training, WEIGHTS, Masks.NONE, 0, 1, 0, Fixtures.plain(), draws),
                DATA,
                EpochListener.NONE);
    PlainNetwork plain = new PlainNetwork(NET, WEIGHTS, true);
    int[] order = draws.order(1).permutation(5);
    step(plain, Arrays.copyOfRange(order, 0, 2));
    step(plain, Arrays.copyOfRange(order, 2, 5));
    for (Tensor tensor : trained.weights().tensors()) {
      if (tensor.role() != TensorRole.BUFFER) {
        for (int i = 0; i < tensor.values().length; i++) {
          assertThat((double) tensor.values()[i])
              .as(tensor.name())
              .isCloseTo(plain.tensor(tensor.name())[i], within(2e-4));
        }
      }
    }
  }

  /** What greedy soups, pools and rounds of particles choose by. */
  @Test
  void validationRecalibratesLikewise() {
    EvaluationSpec twos = new EvaluationSpec(2, 2, 0, 15, false);
    Validator.Validated validated =
        new ValidationSplit(NET, DATA, 0, twos, new TorchCalculator(Device.cpu()))
            .validate(WEIGHTS);
    TensorSet expected =
        Recalibration.recalibrate(NET, WEIGHTS, DATA, twos, new TorchCalculator(Device.cpu()));
    for (Tensor tensor : expected.tensors()) {
      assertThat(validated.network().get(tensor.name()).values()).isEqualTo(tensor.values());
    }
    assertThat(validated.accuracy()).isBetween(0.0, 1.0);
  }

  private static void step(PlainNetwork plain, int[] batch) {
    gradients(plain, batch)
        .forEach(
            (name, gradient) -> {
              double[] weights = plain.tensor(name);
              for (int i = 0; i < gradient.length; i++) {
                weights[i] -= RATE * gradient[i] / batch.length;
              }
            });
  }

  private static Map<String, double[]> gradients(PlainNetwork plain, int[] batch) {
    Images images = DATA.train().select(batch);
    return plain.lossGradients(ScoredNet.normalised(images, DATA), images.labels(), 1);
  }

  @Test
  void statisticsAreThoseOfBatchesOfTwoAndThree() {
    TensorSet found =
        Recalibration.recalibrate(
            NET,
            WEIGHTS,
            DATA,
            new EvaluationSpec(2, 2, 0, 15, false),
            new TorchCalculator(Device.cpu()));
    double[][] images = ScoredNet.normalised(DATA.train(), DATA);
    float[] weight = WEIGHTS.get("conv.weight").values();
    for (int c = 0; c < 4; c++) {
      double[] values = new double[5];
      for (int n = 0; n < 5; n++) {
        for (int i = 0; i < 18; i++) {
          values[n] += images[n][i] * weight[c * 18 + i];
        }
      }
      double[] two = Arrays.copyOf(values, 2);
      double[] three = Arrays.copyOfRange(values, 2, 5);
      assertThat((double) found.get("bn.running_mean").values()[c])
          .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-5));
      assertThat((double) found.get("bn.running_var").values()[c])
          .isCloseTo((2 * variance(two) + 3 * variance(three)) / 5, within(1e-4));
    }
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void singleImagesCanStillBeMeasured() {
    for (int batch : IntStream.of(1, 2, 3).toArray()) {
      assertThat(
              Evaluation.evaluate(
                  NET,
                  List.of(WEIGHTS),
                  DATA,
                  0,
                  new EvaluationSpec(batch, 2, 0, 15, false),
                  new TorchCalculator(Device.cpu())))
          .extracting(row -> row.getImages())
          .containsExactly(5L, 3L, 7L);
    }
  }

  @Test
  void aNetworkThatNoBatchCanTrainIsRefused() {
    assertThatThrownBy(
            () ->
                Recalibration.recalibrate(
                    NET,
                    WEIGHTS,
                    DATA,
                    new EvaluationSpec(2, 1, 0, 15, false),
                    new TorchCalculator(Device.cpu())))
        .hasMessageContaining("at least 2 images");
  }
}
