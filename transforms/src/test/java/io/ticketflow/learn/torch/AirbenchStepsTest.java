package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.model.Whitening;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small airbench94 in training, against nested loops and differences of its loss. */
class AirbenchStepsTest {
  private static final int SIDE = 26;
  private static final int IMAGES = 12;
  private static final int BATCH = 6;
  private static final String MEAN = "block2.norm1.running_mean";
  private static final double SMOOTHING = 0.2;
  private static final RunSpec RUN =
      TestSettings.run(
          "data: {validation: 0, crop: 2, border: reflect, flip: true, alternating: true}",
          "model: {name: airbench94, width: 2, initialisation: pytorch}",
          "training: {epochs: 4, batchSize: 6, labelSmoothing: 0.2, validateEvery: 0}",
          "training.optimiser: {momentum: 0.85, nesterov: true, weightDecay: 0.0153}",
          "training.decoupled: {examples: 1024, normBiases: 64}",
          "training.schedule: {name: linear, learningRate: 11.5, warmupEpochs: 1}");
  private static final ModelGraph NET = ModelZoo.build(RUN.model(), 3, SIDE, SIDE, 3);
  private static final DataSplits DATA = Fixtures.data(NET, IMAGES, 0);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logitsAreThoseOfNestedLoops(boolean training) {
    TensorSet network = start();
    double[][] expected = new PlainAirbench(network, training).logits(pixels(), SIDE);
    try (TorchNetwork torch = new TorchNetwork(NET, network, Device.cpu(), OptionalDouble.empty());
        ImageFeed feed = new ImageFeed(DATA.train(), DATA.mean(), DATA.std(), IMAGES);
        var pass = torch.newManager()) {
      float[] logits =
          torch
              .forward(feed.load(pass, order(), 0, IMAGES, Optional.empty()), training)
              .toFloatArray();
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i]).isCloseTo(expected[i / 3][i % 3], within(2e-5));
      }
      assertThat(logits[0]).isNotCloseTo(logits[3], within(1e-3f));
    }
  }

  /** Central differences of the loss in doubles, at some entries of every trained tensor. */
  @Test
  void gradientsAreDifferencesOfTheLoss() {
    TensorSet network = start();
    TrainingJob job = job(network, Masks.NONE);
    float[][] found = new float[1][];
    EngineFactory.Start from = new EngineFactory.Start(network, List.of(), Masks.NONE, 0);
    try (Engine engine = TorchTrainer.engines(Device.cpu()).open(job, DATA, from)) {
      engine.look(new Engine.Batch(order(), 0, BATCH, Optional.empty()), g -> found[0] = g.clone());
    }
    PlainAirbench plain = new PlainAirbench(network, true);
    double h = 1e-6;
    int at = 0;
    for (ParameterSpec spec : FlatLayout.of(NET).trained()) {
      int size = (int) spec.size();
      double largest = 0;
      for (int i = at; i < at + size; i++) {
        largest = Math.max(largest, Math.abs(found[0][i]));
      }
      for (int i = 0; i < size; i += 1 + size / 4) {
        double[] values = plain.get(spec.name());
        double value = values[i];
        values[i] = value + h;
        double above = loss(plain);
        values[i] = value - h;
        double below = loss(plain);
        values[i] = value;
        assertThat((double) found[0][at + i])
            .as("%s[%d]", spec.name(), i)
            .isCloseTo((above - below) / (2 * h), within(1e-3 * largest + 1e-7));
      }
      at += size;
    }
  }

  @Test
  void trainingLeavesFrozenLayersAndPrunedWeightsAndRepeatsItsBits() {
    TensorSet start = start();
    Masks masks = Fixtures.masks(NET);
    assertThat(masks.tensors()).doesNotContain("whiten.weight", "block1.norm1.weight");
    TrainedNetwork once = train(start, masks);
    TrainedNetwork twice = train(start, masks);
    TensorSet pruned = masks.applyTo(start);
    for (Tensor tensor : once.weights().tensors()) {
      float[] before = pruned.get(tensor.name()).values();
      assertThat(twice.weights().get(tensor.name()).values()).isEqualTo(tensor.values());
      boolean frozen = tensor.role() == TensorRole.BUFFER && !tensor.name().contains(".running_");
      if (frozen) {
        assertThat(tensor.values()).as(tensor.name()).isEqualTo(before);
      } else {
        assertThat(tensor.values()).as(tensor.name()).isNotEqualTo(before);
      }
      if (tensor.role() == TensorRole.PRUNABLE) {
        for (int i = 1; i < before.length; i += 3) {
          assertThat(tensor.values()[i]).isZero();
        }
      }
    }
    assertThat(once.epochs().get(3).getTrainLoss()).isLessThan(once.epochs().get(0).getTrainLoss());
  }

  /** After one batch: 0.6 of what was there and 0.4 of the batch's mean. */
  @Test
  void runningStatisticsTakeTwoFifthsOfABatch() {
    TensorSet start = start();
    try (TorchNetwork torch = new TorchNetwork(NET, start, Device.cpu(), OptionalDouble.empty());
        TorchNetwork whole = new TorchNetwork(NET, start, Device.cpu(), OptionalDouble.of(1));
        ImageFeed feed = new ImageFeed(DATA.train(), DATA.mean(), DATA.std(), IMAGES);
        var pass = torch.newManager()) {
      var images = feed.load(pass, order(), 0, IMAGES, Optional.empty());
      torch.forward(images, true);
      whole.forward(images, true);
      float[] ours = torch.tensors(new float[torch.layout().size()]).get(MEAN).values();
      float[] batch = whole.tensors(new float[torch.layout().size()]).get(MEAN).values();
      float[] before = start.get(MEAN).values();
      for (int c = 0; c < ours.length; c++) {
        assertThat(ours[c]).isCloseTo(0.6f * before[c] + 0.4f * batch[c], within(1e-6f));
        assertThat(batch[c]).isNotCloseTo(before[c], within(1e-3f));
      }
    }
  }

  private static double loss(PlainAirbench plain) {
    double[][] batch = Arrays.copyOf(pixels(), BATCH);
    return plain.loss(batch, SIDE, DATA.train().labels(), SMOOTHING);
  }

  private static TrainedNetwork train(TensorSet start, Masks masks) {
    return new TorchTrainer(Device.cpu()).train(job(start, masks), DATA, EpochListener.NONE);
  }

  private static TrainingJob job(TensorSet start, Masks masks) {
    return Fixtures.job(
        NET, RUN.training(), start, masks, 0, 4, 0, RUN.data(), new DrawKey(5, 0, 0));
  }

  /**
   * Whitened, with norms whose biases and statistics are not those of the beginning, and a head
   * that is large enough to tell images apart.
   */
  private static TensorSet start() {
    TensorSet drawn = Initialisation.draw(NET, ModelSpec.Initialisation.PYTORCH, 4);
    return Whitening.in(NET, drawn, DATA).map(AirbenchStepsTest::shaken);
  }

  private static Tensor shaken(Tensor tensor) {
    KeyedRandom draws = KeyedRandom.of(8, tensor.name());
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      if (tensor.name().endsWith(".bias") || tensor.name().endsWith(".running_mean")) {
        values[i] += (float) (0.1 * draws.nextGaussian());
      } else if (tensor.name().endsWith(".running_var")) {
        values[i] += (float) draws.nextDouble();
      } else if (tensor.name().equals("head.weight")) {
        values[i] *= 9;
      }
    }
    return tensor.withValues(values);
  }

  private static int[] order() {
    return IntStream.range(0, IMAGES).toArray();
  }

  private static double[][] pixels() {
    Images images = DATA.train();
    double[][] pixels = new double[IMAGES][3 * SIDE * SIDE];
    for (int n = 0; n < IMAGES; n++) {
      for (int i = 0; i < pixels[n].length; i++) {
        int level = images.pixels()[n * pixels[n].length + i] & 0xFF;
        pixels[n][i] = (level / 255f - 0.5f) / 0.25f;
      }
    }
    return pixels;
  }
}
