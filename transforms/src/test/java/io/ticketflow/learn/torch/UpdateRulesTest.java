package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.DrawKey;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    OptimiserSpec spared =
        new OptimiserSpec(OptimiserSpec.Name.SGD, 0.9, false, 0.1, false, 0.9, 0.999, 1e-8);
    compare(spared, false);
  }

  @Test
  void adamFollowsPyTorch() {
    compare(Fixtures.adam(0.01), true);
  }

  private static void compare(OptimiserSpec rule, boolean decayBiases) {
    TrainingSpec spec = Fixtures.training(STEPS, 11, rule, FALLING);
    TensorSet start = Fixtures.weights(NET, 4);
    TrainingJob job =
        new TrainingJob(
            NET,
            spec,
            start,
            Map.of(),
            0,
            STEPS,
            false,
            false,
            Fixtures.plain(),
            new DrawKey(1, 0, 0));
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
