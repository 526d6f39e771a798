package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredLogitsTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 23, 9);
  private static final List<TensorSet> NETWORKS =
      List.of(Fixtures.weights(NET, 1), Fixtures.weights(NET, 2));

  @Test
  void everyRowOfAnImageIsTurnedRound() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Images mirrored = new Images(1, 2, 3, 2, pixels, new int[] {0, 1}).mirrored();
    assertThat(mirrored.pixels()).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
    assertThat(mirrored.labels()).containsExactly(0, 1);
  }

  /** Of a linear first layer, turned images are images to turned weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 500})
  void logitsAreTheMeanOfBothSides(int batch) {
    List<TensorSet> turned =
        NETWORKS.stream()
            .map(
                network ->
                    network.map(
                        tensor -> {
                          if (!tensor.name().equals("fc1.weight")) {
                            return tensor;
                          }
                          float[] values = tensor.values().clone();
                          for (int i = 0; i < values.length; i++) {
                            // rows of 3 pixels: the first and the last change places
                            values[i] = tensor.values()[i + 2 - 2 * (i % 3)];
                          }
                          return tensor.withValues(values);
                        }))
            .toList();
    List<float[]> plain = logits(NETWORKS, batch, false);
    List<float[]> others = logits(turned, batch, false);
    List<float[]> ours = logits(NETWORKS, batch, true);
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < 23 * 3; i++) {
        double mean = (plain.get(network)[i] + (double) others.get(network)[i]) / 2;
        assertThat((double) ours.get(network)[i]).isCloseTo(mean, within(1e-5));
      }
      assertThat(ours.get(network)).isNotEqualTo(plain.get(network));
    }
  }

  @Test
  void onlyWhatIsReportedLooksAtMirrorImages() {
    EvaluationSpec plain = new EvaluationSpec(8, 8, 0, 15, true);
    EvaluationSpec mirror = new EvaluationSpec(8, 8, 0, 15, true, true);
    assertThat(evaluate(mirror).get(1).getNll()).isNotEqualTo(evaluate(plain).get(1).getNll());
    assertThat(validate(mirror)).isEqualTo(validate(plain));
  }

  private static List<SplitScores> evaluate(EvaluationSpec evaluation) {
    return Evaluation.evaluate(NET, NETWORKS, DATA, 0, evaluation, calculator());
  }

  private static SplitScores validate(EvaluationSpec evaluation) {
    return Evaluation.validate(NET, NETWORKS.get(0), DATA, 0, evaluation, calculator());
  }

  private static List<float[]> logits(List<TensorSet> networks, int batch, boolean mirror) {
    List<float[]> all = new ArrayList<>(List.of(new float[23 * 3], new float[23 * 3]));
    try (Calculator.Logits plain = calculator().logits(NET, networks)) {
      Calculator.Logits pass = mirror ? new MirroredLogits(plain) : plain;
      pass.over(
          DATA.train(),
          DATA,
          batch,
          (logits, from, to) -> {
            for (int network = 0; network < 2; network++) {
              System.arraycopy(logits.get(network), 0, all.get(network), from * 3, (to - from) * 3);
            }
          });
    }
    return all;
  }

  private static TorchCalculator calculator() {
    return new TorchCalculator(Device.cpu());
  }
}
