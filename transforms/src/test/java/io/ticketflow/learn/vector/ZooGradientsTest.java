package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.KernelChoice;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.PlainEngine;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gradients of the zoo's networks, dense and under masks, against nested loops in double. Through
 * twenty layers with BatchNorm rounding grows a hundredfold, and more where a layer normalises a
 * pixel an image: there libtorch's gradient of ResNet-18 differs by 0.4 of the largest.
 */
class ZooGradientsTest {
  /** One group of images and a part of the next. */
  private static final int IMAGES = 19;

  @ParameterizedTest
  @CsvSource({
    "lenet-5, 1, 16, 2e-5",
    "'resnet-20, width: 3', 3, 8, 2e-3",
    "'resnet-20, width: 2', 1, 7, 2e-3",
    "wrn-10-1, 3, 8, 2e-5"
  })
  void equalNestedLoops(String model, int channels, int side, double within) {
    check(model, channels, side, within);
  }

  @ParameterizedTest
  @Tag("proofs") // for its time
  @CsvSource({
    "lenet-300-100, 1, 28, 2e-5",
    "lenet-5, 1, 28, 2e-5",
    "conv-2, 3, 8, 2e-5",
    "conv-4, 3, 16, 2e-5",
    "conv-6, 3, 16, 2e-5",
    "'resnet-32, width: 4', 3, 16, 2e-3",
    "'resnet-56, width: 4', 3, 8, 2e-3",
    "'resnet-18, stem: cifar', 3, 8, 2e-3",
    "'resnet-18, stem: imagenet', 3, 33, 2e-2",
    "'resnet-50, stem: imagenet', 3, 32, 2e-1",
    "wrn-16-2, 3, 8, 2e-3",
    "vgg-11, 3, 32, 2e-3",
    "vgg-16, 3, 32, 2e-3"
  })
  void equalNestedLoopsInLargeNetworks(String model, int channels, int side, double within) {
    check(model, channels, side, within);
  }

  private static void check(String model, int channels, int side, double within) {
    ModelSpec spec = TestSettings.model("name: " + model);
    ModelGraph graph = ModelZoo.build(spec, channels, side, side, 10);
    DataSplits data = Fixtures.data(graph, IMAGES, 5);
    Map<String, Mask> kept = new LinkedHashMap<>();
    graph
        .prunable(Exclusions.NONE)
        .forEach(tensor -> kept.put(tensor.name(), thinned(tensor.name(), (int) tensor.size())));
    Masks masks = new Masks(kept);
    for (Masks each : List.of(Masks.NONE, masks)) {
      TrainingJob job = job(graph, each);
      TensorSet start = each.applyTo(job.start());
      float[] expected = gradient(PlainEngine::new, job, data, start);
      float[] ours = gradient(VectorTrainer.engines(2), job, data, start);
      FlatLayout layout = FlatLayout.of(graph);
      double[] scale = scales(layout, expected);
      double most = 0;
      for (int i = 0; i < ours.length; i++) {
        most = Math.max(most, Math.abs((double) ours[i] - expected[i]) / scale[i]);
      }
      assertThat(most).as("%s, of a tensor's largest entry", model).isLessThan(within);
      // the sparse loops' gradient is the dense ones', to the bit
      layout.prune(ours, each);
      assertThat(ofKept(job, data, start)).as(model).isEqualTo(ours);
    }
  }

  /**
   * The largest gradient of each tensor, or a thousandth of the largest of all: a bias before
   * BatchNorm has no gradient but for rounding.
   */
  private static double[] scales(FlatLayout layout, float[] gradient) {
    double[] scales = new double[gradient.length];
    double all = 0;
    for (float each : gradient) {
      all = Math.max(all, Math.abs(each));
    }
    int at = 0;
    for (long length : layout.lengths()) {
      double most = all / 1000;
      for (int i = at; i < at + length; i++) {
        most = Math.max(most, Math.abs(gradient[i]));
      }
      java.util.Arrays.fill(scales, at, (int) (at + length), most);
      at += (int) length;
    }
    return scales;
  }

  private static float[] gradient(
      EngineFactory engines, TrainingJob job, DataSplits data, TensorSet start) {
    float[][] found = new float[1][];
    try (Engine engine = engines.open(job, data, from(job, start))) {
      engine.look(batch(), gradient -> found[0] = gradient.clone());
    }
    return found[0];
  }

  /** The gradient of a pass under the job's masks. */
  private static float[] ofKept(TrainingJob job, DataSplits data, TensorSet start) {
    FlatLayout layout = FlatLayout.of(job.graph());
    RunningStatistics statistics = new RunningStatistics(layout, start);
    Passes passes =
        new Passes(new Crew(KernelChoice.best(), 1), job, data, job.masks(), statistics);
    passes.pass(passes.kept().compress(layout.flatten(start)), batch(), false);
    return passes.kept().expand(passes.gradient());
  }

  private static EngineFactory.Start from(TrainingJob job, TensorSet start) {
    return new EngineFactory.Start(start, List.of(), job.masks(), 0);
  }

  private static Engine.Batch batch() {
    int[] order = IntStream.range(0, IMAGES).map(i -> IMAGES - 1 - i).toArray();
    return new Engine.Batch(order, 0, IMAGES, Optional.empty());
  }

  /** With which a layer neither swells nor shrinks what comes in. */
  private static TensorSet weights(ModelGraph graph) {
    return Fixtures.weights(graph, 4)
        .map(
            tensor -> {
              float[] values = tensor.values().clone();
              boolean weights = tensor.shape().size() > 1;
              int fan = weights ? values.length / tensor.shape().get(0).intValue() : 1;
              for (int i = 0; i < values.length && weights; i++) {
                values[i] *= (float) (2 * Math.sqrt(2.0 / fan));
              }
              return tensor.withValues(values);
            });
  }

  /** About a third, and nothing of the first row. */
  private static Mask thinned(String tensor, int size) {
    KeyedRandom draws = KeyedRandom.of(3, tensor);
    BitSet bits = new BitSet(size);
    for (int i = size / 8; i < size; i++) {
      bits.set(i, draws.nextLong() % 3 == 0);
    }
    return Mask.of(bits, size);
  }

  private static TrainingJob job(ModelGraph graph, Masks masks) {
    return new TrainingJob(
        graph,
        ParticleTraining.dense(
            Fixtures.training(1, IMAGES, Fixtures.sgd(0, false, 0), Fixtures.constant(1)), 1),
        0,
        weights(graph),
        masks,
        masks.kept(),
        PruningSpec.Scope.GLOBAL,
        Fixtures.plain(),
        new DrawKey(9, 1, 2));
  }
}
