package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.measure.PlainNetwork;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BatchNorm's γ and β go a random part of the way back to 1 and 0 in each step of training. */
class InterpolatedNormTest {
  private static final ModelGraph NET = net();
  private static final FlatLayout LAYOUT = FlatLayout.of(NET);
  private static final DataSplits DATA = Fixtures.data(NET, 24, 6);
  private static final TensorSet WEIGHTS = Fixtures.weights(NET, 4);
  private static final float ALPHA = 0.375f;
  private static final String INTERPOLATED = ", normalisation: interpolated";

  /** All layers have the step's one α: the loss is that of these weights, bit for bit. */
  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void aStepComputesWithMixedWeights(String engine) {
    Look mixed = look(engine, WEIGHTS, ALPHA);
    Look same = look(engine, mixed(WEIGHTS), 0);
    assertThat(mixed.loss).isEqualTo(same.loss);
    assertThat(mixed.loss).isNotCloseTo(look(engine, WEIGHTS, 0).loss, within(1e-3));
    int at = 0;
    for (ParameterSpec spec : LAYOUT.trained()) {
      for (int i = 0; i < spec.size(); i++, at++) {
        float factor = spec.name().startsWith("bn") ? 1 - ALPHA : 1;
        assertThat(mixed.gradient[at])
            .as(spec.name())
            .isCloseTo(factor * same.gradient[at], within(1e-7f));
      }
    }
  }

  /**
   * Central differences of a loss in doubles and nested loops, in γ and β before they are mixed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void gradientsOfWeightsAndBiasesAreDifferencesOfTheLoss(String engine) {
    float[] gradient = look(engine, WEIGHTS, ALPHA).gradient;
    float h = 0x1p-12f;
    int at = 0;
    for (ParameterSpec spec : LAYOUT.trained()) {
      for (int i = 0; i < spec.size(); i++, at++) {
        if (spec.name().startsWith("bn")) {
          double slope = (loss(moved(spec, i, h)) - loss(moved(spec, i, -h))) / (2 * h);
          assertThat((double) gradient[at]).as(spec.name()).isCloseTo(slope, within(2e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void goesTheOraclesWay(String engine) {
    TrainingJob job = job(NET, INTERPOLATED);
    float[] expected = train(PlainEngine::new, job, new States());
    float[] trained = train(engine, job, new States());
    float[] plain = train(engine, job(NET, ""), new States());
    double apart = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(trained[i]).isCloseTo(expected[i], within(1e-4f));
      apart = Math.max(apart, Math.abs(plain[i] - expected[i]));
    }
    assertThat(apart).isGreaterThan(1e-2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void trainingsRepeatTheirBitsAndGoOnWithThem(String engine) {
    TrainingJob job = job(NET, INTERPOLATED);
    States states = new States();
    float[] once = train(engine, job, states);
    assertThat(train(engine, job, new States())).isEqualTo(once);
    assertThat(states.saved).hasSize(2);
    for (Checkpoint state : states.saved) {
      assertThat(train(engine, job, new States(Optional.of(state), new ArrayList<>())))
          .isEqualTo(once);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void aNetworkWithoutBatchNormTrainsAsEver(String engine) {
    ModelGraph mlp = Fixtures.mlp();
    assertThat(train(engine, job(mlp, INTERPOLATED), new States()))
        .isEqualTo(train(engine, job(mlp, ""), new States()));
  }

  /** Validation is by γ and β themselves, and by running statistics. */
  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void whatIsMeasuredIsNotMixed(String engine) {
    try (Engine open = open(engine, WEIGHTS, "")) {
      open.step(batch(ALPHA), 0.1);
      TensorSet now = open.tensors(open.moved());
      double[][] expected =
          new PlainNetwork(NET, now, false).logits(pixels(DATA.validation().pixels(), 6));
      open.validate(
          (rows, from, to) -> {
            for (int i = 0; i < rows.length; i++) {
              assertThat((double) rows[i]).isCloseTo(expected[from + i / 3][i % 3], within(1e-4));
            }
          });
    }
  }

  /** w − 0.1·g(w + ρ·g(w)/‖g(w)‖), both gradients at the step's α. */
  @ParameterizedTest
  @ValueSource(strings = {"torch", "java"})
  void bothPassesOfSharpnessAwareMinimisationHaveTheStepsAlpha(String engine) {
    float[] start = LAYOUT.flatten(WEIGHTS);
    float[] first = look(engine, WEIGHTS, ALPHA).gradient;
    double norm = 0;
    for (float g : first) {
      norm = Math.hypot(norm, g);
    }
    float[] above = start.clone();
    for (int i = 0; i < above.length; i++) {
      above[i] += (float) (0.5 * first[i] / norm);
    }
    try (Engine open = open(engine, WEIGHTS, "samRadius: 0.5, momentum: 0, weightDecay: 0")) {
      float[] second = look(engine, open.tensors(above), ALPHA).gradient;
      open.step(batch(ALPHA), 0.1);
      float[] moved = open.moved();
      for (int i = 0; i < moved.length; i++) {
        assertThat(moved[i]).isCloseTo(start[i] - 0.1f * second[i], within(1e-5f));
      }
    }
  }

  /** Two layers of BatchNorm, each before ReLU; γ and β are drawn. */
  private static ModelGraph net() {
    return new ModelGraph(
        2,
        4,
        4,
        Fixtures.CLASSES,
        List.of(
            node("conv1", new Layer.Conv(2, 3, 3, 1, 1, false), ModelGraph.INPUT),
            node("bn1", new Layer.BatchNorm(3), "conv1"),
            node("relu1", new Layer.Relu(), "bn1"),
            node("conv2", new Layer.Conv(3, 3, 3, 1, 1, false), "relu1"),
            node("bn2", new Layer.BatchNorm(3), "conv2"),
            node("relu2", new Layer.Relu(), "bn2"),
            node("mean", new Layer.GlobalAvgPool(), "relu2"),
            node("fc", new Layer.Linear(3, Fixtures.CLASSES, true), "mean")));
  }

  private static Node node(String name, Layer layer, String input) {
    return new Node(name, layer, List.of(input));
  }

  private static TrainingJob job(ModelGraph graph, String more) {
    return Fixtures.job(
        graph,
        TestSettings.training(
            "epochs: 3, batchSize: 12, validateEvery: 0, schedule.learningRate: 0.1" + more),
        Fixtures.masks(graph));
  }

  /** The trained weights, flat. */
  private static float[] train(String engine, TrainingJob job, States states) {
    return train(engines(engine), job, states);
  }

  private static float[] train(EngineFactory engines, TrainingJob job, States states) {
    DataSplits data = Fixtures.data(job.graph(), 24, 6);
    Trainer trainer = new LoopTrainer(engines);
    return FlatLayout.of(job.graph())
        .flatten(trainer.train(job, data, EpochListener.NONE, states).weights());
  }

  private static EngineFactory engines(String name) {
    return name.equals("torch") ? TorchTrainer.engines(Device.cpu()) : VectorTrainer.engines(1);
  }

  /** States of a training, and the one that it goes on from. */
  private record States(Optional<Checkpoint> latest, List<Checkpoint> saved)
      implements Checkpoints {
    States() {
      this(Optional.empty(), new ArrayList<>());
    }

    @Override
    public boolean isDue(int epoch) {
      return true;
    }

    @Override
    public void save(Checkpoint checkpoint) {
      saved.add(checkpoint);
    }
  }

  private record Look(double loss, float[] gradient) {}

  private static Look look(String engine, TensorSet weights, float alpha) {
    List<float[]> gradients = new ArrayList<>();
    try (Engine open = open(engine, weights, "")) {
      double loss = open.look(batch(alpha), g -> gradients.add(g.clone()));
      return new Look(loss, gradients.get(0));
    }
  }

  private static Engine open(String engine, TensorSet weights, String optimiser) {
    TrainingJob job =
        Fixtures.job(
            NET,
            TestSettings.training("epochs: 1, batchSize: 24, optimiser: {" + optimiser + "}"),
            Masks.NONE);
    return engines(engine)
        .open(job, DATA, new EngineFactory.Start(weights, List.of(), Masks.NONE, 0));
  }

  private static Engine.Batch batch(float alpha) {
    int[] order = new int[24];
    Arrays.setAll(order, i -> i);
    return new Engine.Batch(order, Optional.empty()).become(0, order.length, 0, alpha);
  }

  /** α + (1 − α)γ and (1 − α)β, each step rounded to a float. */
  private static TensorSet mixed(TensorSet weights) {
    return weights.map(
        tensor -> {
          float[] values = tensor.values().clone();
          boolean gamma = tensor.name().endsWith("weight");
          for (int i = 0; tensor.name().matches("bn.\\.(weight|bias)") && i < values.length; i++) {
            values[i] = (1 - ALPHA) * values[i] + (gamma ? ALPHA : 0);
          }
          return tensor.withValues(values);
        });
  }

  private static TensorSet moved(ParameterSpec spec, int entry, float by) {
    return WEIGHTS.map(
        tensor -> {
          float[] values = tensor.values().clone();
          values[entry % values.length] += tensor.name().equals(spec.name()) ? by : 0;
          return tensor.withValues(values);
        });
  }

  /** The mean cross-entropy of the batch at the step's α. */
  private static double loss(TensorSet weights) {
    double[][] logits =
        new PlainNetwork(NET, mixed(weights), true).logits(pixels(DATA.train().pixels(), 24));
    double loss = 0;
    for (int n = 0; n < logits.length; n++) {
      double total = Arrays.stream(logits[n]).map(Math::exp).sum();
      loss -= (logits[n][DATA.train().labels()[n]] - Math.log(total)) / logits.length;
    }
    return loss;
  }

  private static double[][] pixels(byte[] bytes, int images) {
    double[][] pixels = new double[images][bytes.length / images];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i / pixels[0].length][i % pixels[0].length] = ((bytes[i] & 0xFF) / 255.0 - 0.5) / 0.25;
    }
    return pixels;
  }
}
