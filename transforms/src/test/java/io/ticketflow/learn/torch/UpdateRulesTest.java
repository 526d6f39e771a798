package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three steps on a whole small data set against the same steps in doubles, written out. */
class UpdateRulesTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 11, 0);
  private static final double SMOOTHING = 0.1;
  private static final int STEPS = 3;
  // Falls from step to step, so that a rule which folds the rate into its state is found out.
  private static final ScheduleSpec FALLING =
      new ScheduleSpec(ScheduleSpec.Name.LINEAR, 0.3, List.of(), 0.1, 0, 0);

  @Test
  void momentumAndDecayFollowPyTorch() {
    compare(Fixtures.sgd(0.9, false, 0.01), true);
  }

  @Test
  void nesterovLooksAheadAsPyTorchDoes() {
    compare(Fixtures.sgd(0.9, true, 0.01), true);
  }

  @Test
  void plainDescentHasNoState() {
    compare(Fixtures.sgd(0, false, 0), true);
  }

  @Test
  void biasesAreSparedDecayOnRequest() {
    OptimiserSpec spared = Fixtures.optimiser("weightDecay: 0.1, decayBiasAndNorm: false");
    compare(spared, false);
  }

  @Test
  void adamFollowsPyTorch() {
    compare(Fixtures.adam(0.01), true);
  }

  /** Numbers that PyTorch 1.13.1 printed for the same three steps. */
  @ParameterizedTest
  @CsvSource({
    "SGD, false, -0.582047, 0.690661, -0.012422, 0.464488, -0.817507, 0.068371",
    "SGD, true, -0.531974, 0.664523, -0.032456, 0.420607, -0.829404, 0.088462",
    "ADAM, false, -0.22019, 0.356917, -0.396137, 0.224513, -1.328031, 0.165127"
  })
  void threeStepsEndWherePyTorchEnds(
      OptimiserSpec.Name name,
      boolean nesterov,
      double w1First,
      double w1Last,
      double b1Third,
      double w2First,
      double w2Last,
      double b2Second) {
    OptimiserSpec rule =
        Fixtures.optimiser("name: %s, nesterov: %s, weightDecay: 0.01", name, nesterov);
    byte[] pixels = new byte[8 * 6];
    int[] labels = new int[8];
    for (int n = 0; n < 8; n++) {
      labels[n] = n % 3;
      for (int i = 0; i < 6; i++) {
        // After normalisation k / 11 − 1.
        pixels[n * 6 + i] = (byte) ((n * 37 + i * 11) % 23 * 11);
      }
    }
    Images images = new Images(1, 2, 3, 3, pixels, labels);
    Images none = new Images(1, 2, 3, 3, new byte[0], new int[0]);
    float[] scale = {121 / 255f};
    TensorSet start =
        TensorSet.of(
            Fixtures.weights(NET, 4).tensors().stream()
                .map(
                    tensor -> {
                      float[] values = new float[tensor.values().length];
                      for (int i = 0; i < values.length; i++) {
                        values[i] =
                            switch (tensor.name()) {
                              case "fc1.weight" -> i * 0.05f - 0.7f;
                              case "fc1.bias" -> 0.1f;
                              case "fc2.weight" -> i * -0.1f + 0.6f;
                              default -> 0f;
                            };
                      }
                      return tensor.withValues(values);
                    })
                .toList());
    TrainingJob job =
        Fixtures.job(
            NET,
            Fixtures.training(STEPS, 8, rule, FALLING),
            start,
            Masks.NONE,
            0,
            STEPS,
            0,
            Fixtures.plain(),
            new DrawKey(1, 0, 0));
    TensorSet end =
        new TorchTrainer(Device.cpu())
            .train(job, new DataSplits(images, none, none, scale, scale), EpochListener.NONE)
            .weights();
    assertThat(
            new double[] {
              end.get("fc1.weight").values()[0],
              end.get("fc1.weight").values()[29],
              end.get("fc1.bias").values()[2],
              end.get("fc2.weight").values()[0],
              end.get("fc2.weight").values()[14],
              end.get("fc2.bias").values()[1]
            })
        .containsExactly(
            new double[] {w1First, w1Last, b1Third, w2First, w2Last, b2Second}, within(5e-6));
  }

  private static void compare(OptimiserSpec rule, boolean decayBiases) {
    TrainingSpec spec = Fixtures.training(STEPS, 11, rule, FALLING);
    TensorSet start = Fixtures.weights(NET, 4);
    TrainingJob job =
        Fixtures.job(
            NET, spec, start, Masks.NONE, 0, STEPS, 0, Fixtures.plain(), new DrawKey(1, 0, 0));
    TensorSet trained =
        new TorchTrainer(Device.cpu()).train(job, DATA, EpochListener.NONE).weights();

    DoubleMlp reference = new DoubleMlp(6, 5, Fixtures.CLASSES, start);
    Images images = DATA.train();
    float[][] inputs = new float[images.count()][6];
    for (int n = 0; n < inputs.length; n++) {
      for (int i = 0; i < 6; i++) {
        inputs[n][i] = ((images.pixels()[n * 6 + i] & 0xFF) / 255f - 0.5f) / 0.25f;
      }
    }
    List<double[]> first = zeros(reference.weights);
    List<double[]> second = zeros(reference.weights);
    for (int t = 1; t <= STEPS; t++) {
      double rate = 0.3 * (STEPS - t + 1) / STEPS;
      List<double[]> gradients = reference.gradients(inputs, images.labels(), SMOOTHING);
      for (int tensor = 0; tensor < gradients.size(); tensor++) {
        boolean decays = decayBiases || tensor % 2 == 0;
        double[] w = reference.weights.get(tensor);
        double[] m = first.get(tensor);
        double[] v = second.get(tensor);
        for (int i = 0; i < w.length; i++) {
          double g = gradients.get(tensor)[i] + (decays ? rule.weightDecay() * w[i] : 0);
          if (rule.name() == OptimiserSpec.Name.ADAM) {
            m[i] = 0.9 * m[i] + 0.1 * g;
            v[i] = 0.999 * v[i] + 0.001 * g * g;
            double mHat = m[i] / (1 - Math.pow(0.9, t));
            double vHat = v[i] / (1 - Math.pow(0.999, t));
            w[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-8);
          } else {
            m[i] = t == 1 ? g : rule.momentum() * m[i] + g;
            w[i] -= rate * (rule.nesterov() ? g + rule.momentum() * m[i] : m[i]);
          }
        }
      }
    }
    List<String> names = List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    for (int tensor = 0; tensor < names.size(); tensor++) {
      float[] actual = trained.get(names.get(tensor)).values();
      double[] expected = reference.weights.get(tensor);
      for (int i = 0; i < actual.length; i++) {
        assertThat((double) actual[i])
            .as("%s[%d]", names.get(tensor), i)
            .isCloseTo(expected[i], within(1e-5));
        assertThat(actual[i]).isNotEqualTo(start.get(names.get(tensor)).values()[i]);
      }
    }
  }

  private static List<double[]> zeros(List<double[]> like) {
    List<double[]> zeros = new ArrayList<>();
    like.forEach(array -> zeros.add(new double[array.length]));
    return zeros;
  }
}
