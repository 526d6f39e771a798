package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.testing.Fixtures;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Offset<Double> CLOSE = within(1e-5);
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 23, 9);
  private static final TensorSet ONE = Fixtures.weights(NET, 1);
  private static final TensorSet OTHER = Fixtures.weights(NET, 2);

  @Test
  void scoresEverySplitOfOneNetwork() {
    List<SplitScores> rows = evaluate(List.of(ONE), DATA, 4);
    assertThat(rows.stream().map(SplitScores::getSplit))
        .containsExactly("train", "validation", "test");
    assertThat(rows.stream().map(SplitScores::getImages)).containsExactly(23L, 9L, 7L);
    assertScores(rows.get(0), DATA.train(), List.of(ONE));
    assertScores(rows.get(2), DATA.test(), List.of(ONE));
  }

  @Test
  void anEnsembleAveragesProbabilities() {
    List<SplitScores> rows = evaluate(List.of(ONE, OTHER), DATA, 500);
    assertScores(rows.get(1), DATA.validation(), List.of(ONE, OTHER));
  }

  @Test
  void theSizeOfTheBatchesChangesNothingThatMatters() {
    SplitScores small = evaluate(List.of(ONE), DATA, 1).get(0);
    SplitScores large = evaluate(List.of(ONE), DATA, 23).get(0);
    assertThat(small.getAccuracy()).isEqualTo(large.getAccuracy());
    assertThat(small.getNll()).isCloseTo(large.getNll(), CLOSE);
  }

  @Test
  void anEmptySplitHasNoRow() {
    assertThat(evaluate(List.of(ONE), Fixtures.data(NET, 23, 0), 4))
        .extracting(SplitScores::getSplit)
        .containsExactly("train", "test");
  }

  @Test
  void logitsThatAreThereScoreTheSame() {
    for (boolean mirror : new boolean[] {false, true}) {
      EvaluationSpec evaluation = new EvaluationSpec(4, 4, 0, 15, true, mirror);
      TorchCalculator calculator = new TorchCalculator(Device.cpu());
      DataSplits data = Fixtures.data(NET, 23, 0); // one split is empty
      SplitLogits one = SplitLogits.of(NET, ONE, data, evaluation, calculator);
      SplitLogits other = SplitLogits.of(NET, OTHER, data, evaluation, calculator);
      assertThat(Evaluation.scores(NET, List.of(one, other), data, 0.1, evaluation))
          .isEqualTo(
              Evaluation.evaluate(NET, List.of(ONE, OTHER), data, 0.1, evaluation, calculator));
      assertThat(one.bytes()).isEqualTo((23 + 7) * 3 * 4);
      assertThat(SplitLogits.bytes(NET, data, 2)).isEqualTo(2 * one.bytes());
    }
  }

  private static List<SplitScores> evaluate(List<TensorSet> members, DataSplits data, int batch) {
    return Evaluation.evaluate(
        NET,
        members,
        data,
        0.1,
        new EvaluationSpec(batch, batch, 0, 15, true),
        new TorchCalculator(Device.cpu()));
  }

  /** Accuracy, loss and likelihood from the formulas, in doubles. */
  private static void assertScores(SplitScores row, Images images, List<TensorSet> members) {
    double nll = 0;
    double loss = 0;
    double brier = 0;
    int correct = 0;
    for (int n = 0; n < images.count(); n++) {
      double[] p = new double[3];
      for (TensorSet member : members) {
        double[] q = probabilities(images, n, member);
        for (int k = 0; k < 3; k++) {
          p[k] += q[k] / members.size();
        }
      }
      int label = images.labels()[n];
      int best = 0;
      for (int k = 0; k < 3; k++) {
        best = p[k] > p[best] ? k : best;
        loss -= 0.1 / 3 * Math.log(p[k]) / images.count();
        brier += Math.pow(p[k] - (k == label ? 1 : 0), 2) / images.count();
      }
      nll -= Math.log(p[label]) / images.count();
      correct += best == label ? 1 : 0;
    }
    assertThat(row.getNll()).isCloseTo(nll, CLOSE);
    assertThat(row.getLoss()).isCloseTo(0.9 * nll + loss, CLOSE);
    assertThat(row.getBrier()).isCloseTo(brier, CLOSE);
    assertThat(row.getAccuracy()).isEqualTo((double) correct / images.count());
  }

  private static double[] probabilities(Images images, int image, TensorSet net) {
    double[] x = new double[6];
    for (int i = 0; i < 6; i++) {
      x[i] = ((images.pixels()[image * 6 + i] & 0xFF) / 255.0 - 0.5) / 0.25;
    }
    double[] h = affine(x, net, "fc1", 5);
    for (int j = 0; j < 5; j++) {
      h[j] = Math.max(0, h[j]);
    }
    double[] z = affine(h, net, "fc2", 3);
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      z[k] = Math.exp(z[k]);
      sum += z[k];
    }
    for (int k = 0; k < 3; k++) {
      z[k] /= sum;
    }
    return z;
  }

  private static double[] affine(double[] x, TensorSet net, String layer, int out) {
    float[] weight = net.get(layer + ".weight").values();
    float[] bias = net.get(layer + ".bias").values();
    double[] y = new double[out];
    for (int j = 0; j < out; j++) {
      y[j] = bias[j];
      for (int i = 0; i < x.length; i++) {
        y[j] += weight[j * x.length + i] * x[i];
      }
    }
    return y;
  }
}
