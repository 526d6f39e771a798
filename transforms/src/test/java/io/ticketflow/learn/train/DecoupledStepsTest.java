package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.measure.PlainNetwork;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two steps of the recipe of airbench by either engine, against the same steps written out. */
class DecoupledStepsTest {
  private static final int IMAGES = 9;
  private static final double RATE = 2;
  private static final double DECAY = 0.5;
  private static final double BIASES = 16;
  private static final double MOMENTUM = 0.75;
  private static final ModelGraph NET = Fixtures.convNet();
  private static final DataSplits DATA = Fixtures.data(NET, IMAGES, 0);

  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void decayAndRatesAreThoseOfTheRecipe(String engine) {
    TrainingSpec training =
        TestSettings.training(
            "epochs: 2, batchSize: 9, validateEvery: 0, decoupled: {examples: 60, normBiases: 16},"
                + " optimiser: {momentum: 0.75, nesterov: true, weightDecay: 0.5},"
                + " schedule: {name: linear, learningRate: 2}");
    TensorSet start = Fixtures.weights(NET, 4);
    TrainingJob job =
        Fixtures.job(
            NET, training, start, Masks.NONE, 0, 2, 0, Fixtures.plain(), new DrawKey(1, 0, 0));
    Trainer trainer =
        engine.equals("torch") ? new TorchTrainer(Device.cpu()) : new VectorTrainer(1);
    TrainedNetwork trained = trainer.train(job, DATA, EpochListener.NONE);

    Map<String, float[]> weights = steps(start);
    weights.keySet().removeIf(name -> name.contains(".running_"));
    weights.forEach(
        (name, expected) -> {
          float[] ours = trained.weights().get(name).values();
          for (int i = 0; i < expected.length; i++) {
            assertThat(ours[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(2e-5f));
          }
        });
    // the share of the step is 9 / (60 · (1 + 1 / (1 − 0.75))) = 0.03; the second has half the rate
    assertThat(trained.epochs().get(0).getLearningRate()).isCloseTo(0.06, within(1e-15));
    assertThat(trained.epochs().get(1).getLearningRate()).isCloseTo(0.03, within(1e-15));
  }

  /** Weights by name after two steps, each in doubles, rounded to floats at its end. */
  private static Map<String, float[]> steps(TensorSet start) {
    double unit = 0.03;
    Map<String, float[]> weights = new HashMap<>();
    Map<String, double[]> velocity = new HashMap<>();
    start.tensors().forEach(tensor -> weights.put(tensor.name(), tensor.values().clone()));
    for (int step = 0; step < 2; step++) {
      double share = step == 0 ? 1 : 0.5;
      Map<String, double[]> gradients =
          gradients(
              start.map(tensor -> tensor.withValues(PlainNetwork.get(weights, tensor.name()))));
      for (Tensor tensor : start.tensors()) {
        String name = tensor.name();
        if (name.contains(".running_")) {
          continue;
        }
        double rate = RATE * unit * (name.equals("bn.bias") ? BIASES : 1);
        double[] v = velocity.computeIfAbsent(name, n -> new double[tensor.values().length]);
        float[] w = PlainNetwork.get(weights, name);
        for (int i = 0; i < w.length; i++) {
          // what decay takes, unit · DECAY · w, does not depend on the rate
          double g = PlainNetwork.get(gradients, name)[i] + unit * DECAY / rate * w[i];
          v[i] = MOMENTUM * v[i] + g;
          w[i] -= (float) (rate * share * (g + MOMENTUM * v[i]));
        }
      }
    }
    return weights;
  }

  /** Of the mean cross-entropy, without smoothing. */
  private static Map<String, double[]> gradients(TensorSet network) {
    PlainNetwork plain = new PlainNetwork(NET, network, true);
    double[][] pixels = new double[IMAGES][NET.channels() * NET.height() * NET.width()];
    for (int i = 0; i < IMAGES * pixels[0].length; i++) {
      double level = (DATA.train().pixels()[i] & 0xFF) / 255.0;
      pixels[i / pixels[0].length][i % pixels[0].length] = (level - 0.5) / 0.25;
    }
    double[][] logits = plain.logits(pixels);
    for (int n = 0; n < IMAGES; n++) {
      double total = 0;
      for (double logit : logits[n]) {
        total += Math.exp(logit);
      }
      for (int k = 0; k < logits[n].length; k++) {
        double wanted = k == DATA.train().labels()[n] ? 1 : 0;
        logits[n][k] = (Math.exp(logits[n][k]) / total - wanted) / IMAGES;
      }
    }
    return plain.gradients(pixels, logits);
  }
}
