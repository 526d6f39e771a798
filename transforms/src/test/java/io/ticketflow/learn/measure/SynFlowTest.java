package io.ticketflow.learn.measure;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SynFlow, its flow computed by each engine. */
@ParameterizedClass
@MethodSource("engines")
class SynFlowTest {

  /** 1 × 4 × 4 images through two convolutions, a pool and two linear layers, without biases. */
  private static final ModelGraph PIPE =
      new ModelGraph(
          1,
          4,
          4,
          2,
          List.of(
              new Node("conv", new Layer.Conv(1, 3, 3, 1, 1, false), List.of(ModelGraph.INPUT)),
              new Node("relu", new Layer.Relu(), List.of("conv")),
              new Node("again", new Layer.Conv(3, 2, 3, 1, 0, false), List.of("relu")),
              new Node("pool", new Layer.MaxPool(2, 2, 0), List.of("again")),
              new Node("flat", new Layer.Flatten(), List.of("pool")),
              new Node("fc1", new Layer.Linear(2, 5, false), List.of("flat")),
              new Node("relu1", new Layer.Relu(), List.of("fc1")),
              new Node("fc2", new Layer.Linear(5, 2, false), List.of("relu1"))));

  private final Calculator engine;

  SynFlowTest(Calculator engine) {
    this.engine = engine;
  }

  static List<Calculator> engines() {
    return List.of(new TorchCalculator(Device.cpu()), new VectorCalculator(1));
  }

  private static Masks full(TensorSet network) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Tensor tensor : network.tensors()) {
      if (tensor.role() == TensorRole.PRUNABLE) {
        masks.put(tensor.name(), Mask.full(tensor.values().length));
      }
    }
    return new Masks(masks);
  }

  private static long kept(Masks masks) {
    return masks.kept();
  }

  private static double sum(Tensor tensor) {
    double sum = 0;
    for (float value : tensor.values()) {
      sum += value;
    }
    return sum;
  }

  /** |w·∂R/∂w| / R of absolute weights, from the formulas. */
  private static Map<String, double[]> plainScores(
      ModelGraph graph, TensorSet network, Masks masks) {
    PlainNetwork plain = new PlainNetwork(graph, network, false);
    for (Tensor tensor : network.tensors()) {
      double[] values = plain.tensor(tensor.name());
      for (int i = 0; i < values.length; i++) {
        Mask mask = masks.get(tensor.name());
        values[i] = mask == null || mask.keeps(i) ? Math.abs(values[i]) : 0;
      }
    }
    double flow = plain.flow();
    Map<String, double[]> gradients = plain.flowGradients();
    Map<String, double[]> scores = new LinkedHashMap<>();
    for (String name : masks.tensors()) {
      double[] g = PlainNetwork.get(gradients, name);
      double[] share = new double[g.length];
      for (int i = 0; i < g.length; i++) {
        share[i] = Math.abs(g[i] * plain.tensor(name)[i] / flow);
      }
      scores.put(name, share);
    }
    return scores;
  }

  @Test
  void theSharesOfEveryLayerSumToTheWholeFlow() {
    TensorSet network = Fixtures.weights(PIPE, 3);
    TensorSet dense = SynFlow.scores(PIPE, network, full(network), engine);
    TensorSet sparse = SynFlow.scores(PIPE, network, Fixtures.masks(PIPE), engine);

    for (TensorSet scores : List.of(dense, sparse)) {
      assertThat(scores.tensors()).hasSize(4);
      for (Tensor layer : scores.tensors()) {
        assertThat(sum(layer)).as(layer.name()).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void scoresAreWeightTimesTheFlowsDerivativeEntryByEntryWithBiasesAndBatchNorm() {
    ModelGraph graph = Fixtures.convNet();
    TensorSet drawn = Fixtures.weights(graph, 3);
    KeyedRandom random = KeyedRandom.of(1, "statistics");
    TensorSet network =
        TensorSet.of(
            drawn.tensors().stream()
                .map(
                    tensor -> {
                      float[] values = tensor.values().clone();
                      for (int i = 0; i < values.length; i++) {
                        boolean mean = tensor.name().endsWith("running_mean");
                        values[i] += mean ? random.nextFloat() - 0.5f : 0;
                      }
                      return tensor.withValues(values);
                    })
                .toList());
    Masks masks = Fixtures.masks(graph);

    TensorSet scores = SynFlow.scores(graph, network, masks, engine);

    plainScores(graph, network, masks)
        .forEach(
            (name, expected) -> {
              float[] values = scores.get(name).values();
              for (int i = 0; i < expected.length; i++) {
                assertThat((double) values[i]).as(name).isCloseTo(expected[i], within(1e-7));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void everyRoundTakesItsShareAndTheLastLeavesTheExactCount(int rounds) {
    TensorSet network = Fixtures.weights(PIPE, 5);
    Masks masks = full(network);
    long before = kept(masks);
    long target = 17;
    Masks expected = masks;
    for (int round = 1; round <= rounds; round++) {
      double density = Math.pow((double) target / before, (double) round / rounds);
      expected = largest(plainScores(PIPE, network, expected), expected, before * density);
    }

    Masks pruned = SynFlow.prune(PIPE, network, masks, rounds, Scope.GLOBAL, target, engine);

    assertThat(kept(pruned)).isEqualTo(target);
    assertThat(pruned).isEqualTo(expected);
  }

  /** By sorting. */
  private static Masks largest(Map<String, double[]> scores, Masks left, double count) {
    record Entry(String tensor, int index, double score) {}
    List<Entry> entries = new ArrayList<>();
    scores.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            if (PlainNetwork.get(left.byName(), name).keeps(i)) {
              entries.add(new Entry(name, i, values[i]));
            }
          }
        });
    entries.sort(Comparator.comparingDouble(Entry::score).reversed());
    Map<String, BitSet> bits = new LinkedHashMap<>();
    scores.keySet().forEach(name -> bits.put(name, new BitSet()));
    entries
        .subList(0, (int) Math.round(count))
        .forEach(entry -> PlainNetwork.get(bits, entry.tensor()).set(entry.index()));
    Map<String, Mask> masks = new LinkedHashMap<>();
    bits.forEach(
        (name, set) -> masks.put(name, Mask.of(set, PlainNetwork.get(scores, name).length)));
    return new Masks(masks);
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void masksOnlyShrinkToTheExactCountInEveryScopeThoughNothingFlows(Scope scope) {
    TensorSet network = Fixtures.weights(PIPE, 5);
    // No first layer is left, so R is 0.
    Masks masks =
        Fixtures.masks(PIPE)
            .map((name, mask) -> name.equals("conv.weight") ? Mask.of(new BitSet(), 27) : mask);
    long target = kept(masks) - 11;

    Masks pruned = SynFlow.prune(PIPE, network, masks, 10, scope, target, engine);

    assertThat(kept(pruned)).isEqualTo(target);
    masks
        .byName()
        .forEach(
            (name, mask) ->
                assertThat(PlainNetwork.get(pruned.byName(), name))
                    .matches(m -> m.isSubsetOf(mask)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "resnet-50"})
  void deepNetworksHaveFiniteScoresThoughTheirFlowIsBeyondFloats(String name) {
    ModelGraph graph = ModelZoo.build(new ModelSpec(name, 0, "cifar", HE), 3, 16, 16, 10);
    TensorSet network = Initialisation.draw(graph, HE, 1);
    TensorSet scores = SynFlow.scores(graph, network, full(network), engine);
    for (Tensor layer : scores.tensors()) {
      for (float value : layer.values()) {
        assertThat(Float.isFinite(value) && value >= 0).isTrue();
      }
      assertThat(sum(layer)).as(layer.name()).isPositive();
    }
  }
}
