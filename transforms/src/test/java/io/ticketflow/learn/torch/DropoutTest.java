package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final double SHARE = 0.25;
  private static final int IMAGES = 8;
  private static final ModelGraph NET = net(new Layer.Dropout(SHARE));
  private static final DataSplits DATA = Fixtures.data(NET, IMAGES, 5);
  private static final TensorSet WEIGHTS = Fixtures.weights(NET, 4);

  /** 5 standard deviations about a quarter of 80,000; the others keep the mean what it was. */
  @Test
  void aShareIsSetToZeroAndTheRestMakesUpForIt() {
    float[] factors = new StepDraws(9, new int[] {3, 7}, 0).factors("layer", SHARE, 40_000);
    int zeros = 0;
    for (float factor : factors) {
      zeros += factor == 0 ? 1 : 0;
      assertThat(factor == 0 || factor == 4 / 3f).isTrue();
    }
    assertThat(zeros).isBetween(19_388, 20_612);
  }

  @Test
  void anImagesDrawsAreItsOwnWhereverItLies() {
    float[] some = new StepDraws(9, new int[] {3, 7}, 0).factors("layer", SHARE, 60);
    float[] others = new StepDraws(9, new int[] {1, 7, 3}, 0).factors("layer", SHARE, 60);
    for (int i = 0; i < 60; i++) {
      assertThat(some[i]).isEqualTo(others[120 + i]);
      assertThat(some[60 + i]).isEqualTo(others[60 + i]);
    }
    assertThat(some).isNotEqualTo(draws(10, "layer")).isNotEqualTo(draws(9, "other"));
  }

  private static float[] draws(long key, String layer) {
    return new StepDraws(key, new int[] {3, 7}, 0).factors(layer, SHARE, 60);
  }

  /** The loss by nested loops in doubles; another order of the batch changes it by rounding. */
  @Test
  void aStepLooksAtWhatIsLeft() {
    int[] order = {5, 0, 2, 7};
    float[] factors = new StepDraws(77, order, 0).factors("drop", SHARE, 6);
    float[] w = WEIGHTS.get("fc.weight").values();
    float[] b = WEIGHTS.get("fc.bias").values();
    double loss = 0;
    for (int n = 0; n < 4; n++) {
      double[] logits = new double[3];
      double total = 0;
      for (int k = 0; k < 3; k++) {
        logits[k] = b[k];
        for (int i = 0; i < 6; i++) {
          int level = DATA.train().pixels()[order[n] * 6 + i] & 0xFF;
          logits[k] += w[k * 6 + i] * (level / 255.0 - 0.5) / 0.25 * factors[n * 6 + i];
        }
        total += Math.exp(logits[k]);
      }
      int label = DATA.train().labels()[order[n]];
      for (int k = 0; k < 3; k++) {
        double target = 0.1 / 3 + (k == label ? 0.9 : 0);
        loss -= target * (logits[k] - Math.log(total)) / 4;
      }
    }
    assertThat(look(order, 77)).isCloseTo(loss, within(1e-5));
    assertThat(look(new int[] {7, 2, 5, 0}, 77)).isCloseTo(loss, within(1e-5));
    assertThat(look(order, 78)).isNotCloseTo(loss, within(1e-3));
  }

  private static double look(int[] order, long key) {
    EngineFactory.Start from = new EngineFactory.Start(WEIGHTS, List.of(), Masks.NONE, 0);
    try (Engine engine = TorchTrainer.engines(Device.cpu()).open(job(), DATA, from)) {
      Engine.Batch batch =
          new Engine.Batch(order, Optional.empty()).become(0, order.length, key, 0);
      return engine.look(batch, gradient -> {});
    }
  }

  @Test
  void trainingRepeatsItsBitsAndMeasuringDropsNothing() {
    TorchTrainer trainer = new TorchTrainer(Device.cpu());
    TensorSet once = trainer.train(job(), DATA, EpochListener.NONE).weights();
    TensorSet twice = trainer.train(job(), DATA, EpochListener.NONE).weights();
    assertThat(twice.get("fc.weight").values()).isEqualTo(once.get("fc.weight").values());
    assertThat(logits(NET)).isEqualTo(logits(net(new Layer.Relu())));
  }

  /** Images are at least 0 here, so that ReLU hands them on. */
  private static float[] logits(ModelGraph graph) {
    float[][] found = new float[1][];
    DataSplits bright =
        new DataSplits(
            DATA.train(), DATA.validation(), DATA.test(), new float[] {0}, new float[] {1});
    try (LogitsPass pass = new LogitsPass(graph, List.of(WEIGHTS), Device.cpu())) {
      pass.over(DATA.train(), bright, IMAGES, (logits, from, to) -> found[0] = logits.get(0));
    }
    return found[0];
  }

  @Test
  void wideResNetsHaveItBeforeTheSecondConvolutions() {
    ModelGraph plain = graph("name: wrn-10-1");
    ModelGraph dropping = graph("name: wrn-10-1, dropout: 0.3");
    assertThat(dropping.parameters()).isEqualTo(plain.parameters());
    assertThat(dropping.nodes().stream().filter(n -> n.layer().equals(new Layer.Dropout(0.3))))
        .extracting(Node::name)
        .containsExactly(
            "block1.layer.0.dropout", "block2.layer.0.dropout", "block3.layer.0.dropout");
    assertThat(plain.nodes()).hasSize(dropping.nodes().size() - 3);
    assertThatThrownBy(() -> graph("name: resnet-20, dropout: 0.3"))
        .isInstanceOf(UserException.class)
        .hasMessage("model.dropout must be 0 for resnet-20, which has no place for it, got 0.3");
  }

  private static ModelGraph graph(String model) {
    return ModelZoo.build(TestSettings.model(model), 3, 8, 8, 10);
  }

  private static ModelGraph net(Layer second) {
    return new ModelGraph(
        1,
        2,
        3,
        Fixtures.CLASSES,
        List.of(
            new Node("flat", new Layer.Flatten(), List.of(ModelGraph.INPUT)),
            new Node("drop", second, List.of("flat")),
            new Node("fc", new Layer.Linear(6, Fixtures.CLASSES, true), List.of("drop"))));
  }

  private static TrainingJob job() {
    TrainingSpec training =
        Fixtures.training(3, 4, Fixtures.sgd(0.9, false, 0), Fixtures.constant(0.1));
    return Fixtures.job(
        NET, training, WEIGHTS, Masks.NONE, 0, 3, 0, Fixtures.plain(), new DrawKey(5, 0, 0));
  }
}
