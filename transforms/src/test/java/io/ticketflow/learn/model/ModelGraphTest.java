package io.ticketflow.learn.model;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.model.Layer.Add;
import io.ticketflow.learn.model.Layer.AvgPool;
import io.ticketflow.learn.model.Layer.BatchNorm;
import io.ticketflow.learn.model.Layer.Conv;
import io.ticketflow.learn.model.Layer.Flatten;
import io.ticketflow.learn.model.Layer.GlobalAvgPool;
import io.ticketflow.learn.model.Layer.Linear;
import io.ticketflow.learn.model.Layer.MaxPool;
import io.ticketflow.learn.model.Layer.Relu;
import io.ticketflow.spec.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelGraphTest {
  private static final Node FLATTEN = node("flatten", new Flatten(), "input");

  @Test
  void infersTheShapeBehindEachLayer() {
    // by hand, floor((n + 2p − k) / s) + 1: 11 → 6 → 3 → 1
    ModelGraph graph =
        graph(
            node("conv", new Conv(2, 4, 3, 2, 1, true), "input"),
            node("norm", new BatchNorm(4), "conv"),
            node("max", new MaxPool(3, 2, 1), "norm"),
            node("mean", new AvgPool(2, 2), "max"),
            node("global", new GlobalAvgPool(), "mean"),
            node("fc", new Linear(4, 5, true), "global"));
    assertThat(graph.shapes().values())
        .containsExactly(
            FeatureShape.image(2, 11, 11),
            FeatureShape.image(4, 6, 6),
            FeatureShape.image(4, 6, 6),
            FeatureShape.image(4, 3, 3),
            FeatureShape.image(4, 1, 1),
            FeatureShape.flat(4),
            FeatureShape.flat(5));
  }

  @Test
  void infersTheShapesOfTheImageNetStem() {
    ModelGraph graph =
        ModelZoo.build(new ModelSpec("resnet-50", 0, "imagenet", HE), 3, 224, 224, 1000);
    assertThat(graph.shapes())
        .containsEntry("conv1", FeatureShape.image(64, 112, 112))
        .containsEntry("maxpool", FeatureShape.image(64, 56, 56))
        .containsEntry("layer1.2.relu", FeatureShape.image(256, 56, 56))
        .containsEntry("layer4.2.relu", FeatureShape.image(2048, 7, 7))
        .containsEntry("fc", FeatureShape.flat(1000));
  }

  @Test
  void keepsSizesOfUnequalHeightAndWidth() {
    ModelGraph graph = ModelZoo.build(new ModelSpec("vgg-11", 0, "cifar", HE), 1, 32, 48, 7);
    assertThat(graph.shapes()).containsEntry("features.27", FeatureShape.image(512, 2, 3));
  }

  @Test
  void namesANodeThatOccursTwice() {
    assertRefused(
        "node a occurs twice", node("a", new Relu(), "input"), node("a", new Relu(), "a"));
  }

  @Test
  void namesANodeWhoseInputIsNotEarlier() {
    assertRefused(
        "node a: no earlier node is named b",
        node("a", new Relu(), "b"),
        node("b", new Relu(), "input"));
  }

  @Test
  void namesANodeWhoseChannelsDoNotFit() {
    assertRefused(
        "node c: the layer takes 3 channels, got 2×11×11",
        node("c", new Conv(3, 4, 3, 1, 1, false), "input"));
    assertRefused(
        "node n: the layer takes 4 channels, got 2×11×11", node("n", new BatchNorm(4), "input"));
  }

  @Test
  void namesALinearLayerWithoutFlattenedInput() {
    assertRefused(
        "node fc: the layer takes 242 features in one axis, got 2×11×11",
        node("fc", new Linear(242, 5, true), "input"));
  }

  @Test
  void namesAPoolOverFeatures() {
    assertRefused(
        "node pool: the layer takes an image of three axes, got 242",
        FLATTEN,
        node("pool", new MaxPool(2, 2, 0), "flatten"));
  }

  @Test
  void namesAWindowThatDoesNotFit() {
    assertRefused(
        "node c: a window of 14×14 with padding 1 does not fit into 2×11×11",
        node("c", new Conv(2, 4, 14, 1, 1, false), "input"));
  }

  @Test
  void namesASumOfUnequalShapes() {
    assertRefused(
        "node s: the layer takes two inputs of equal shape, got [242, 2×11×11]",
        FLATTEN,
        node("s", new Add(), "flatten", "input"));
  }

  @Test
  void namesAWrongNumberOfInputs() {
    assertRefused(
        "node r: the layer takes one input, got 2", node("r", new Relu(), "input", "input"));
    assertRefused("node s: the layer takes two inputs, got 1", node("s", new Add(), "input"));
  }

  @Test
  void namesANodeThatLeadsNowhere() {
    assertRefused(
        "node stray: no node uses its output",
        node("stray", new Relu(), "input"),
        FLATTEN,
        node("fc", new Linear(242, 5, true), "flatten"));
  }

  @Test
  void requiresOneLogitAClass() {
    assertRefused(
        "node fc: the output must be 5 logits, got 6",
        FLATTEN,
        node("fc", new Linear(242, 6, true), "flatten"));
    assertRefused(
        "node r: the output must be 5 logits, got 2×11×11", node("r", new Relu(), "input"));
    assertRefused("a network needs at least one node");
  }

  @Test
  void refusesSizesThatNoLayerHas() {
    assertThatThrownBy(() -> new Conv(3, 0, 3, 1, 1, false)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new AvgPool(2, 0)).hasMessageContaining("stride 0");
    assertThatThrownBy(() -> new MaxPool(2, 2, 2)).hasMessageContaining("half the kernel 2, got 2");
    assertThatThrownBy(() -> new Node("input", new Relu(), List.of("input")))
        .hasMessage("a node cannot be named 'input'");
  }

  private static void assertRefused(String message, Node... nodes) {
    assertThatThrownBy(() -> graph(nodes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ModelGraph graph(Node... nodes) {
    return new ModelGraph(2, 11, 11, 5, List.of(nodes));
  }

  private static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }
}
