package io.ticketflow.exchange.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cuts that can be worked out by hand. */
class CompactionTest {
  @Test
  void aConstantFeatureGoesIntoTheBiasesThatFollow() {
    ModelGraph graph =
        graph(
            2,
            node("flat", new Layer.Flatten(), "input"),
            node("fc1", new Layer.Linear(2, 3, true), "flat"),
            node("relu", new Layer.Relu(), "fc1"),
            node("fc2", new Layer.Linear(3, 2, true), "relu"));
    Compaction cut =
        Compaction.of(
            graph,
            network(
                graph,
                Map.of(
                    // the first has no input and gives max(0, 2), the second nothing reads
                    "fc1.weight", new float[] {0, 0, 1, 1, 3, 4},
                    "fc1.bias", new float[] {2, 7, 8},
                    "fc2.weight", new float[] {10, 0, 5, 20, 0, 6},
                    "fc2.bias", new float[] {1, -1})));
    assertThat(values(cut, "fc1.weight")).containsExactly(3, 4);
    assertThat(values(cut, "fc1.bias")).containsExactly(8);
    assertThat(values(cut, "fc2.weight")).containsExactly(5, 6);
    assertThat(values(cut, "fc2.bias")).containsExactly(21, 39);
    assertThat(cut.network().weights().get("fc2.weight").shape()).containsExactly(2L, 1L);
  }

  @Test
  void oneConstantChannelCarriesTheOthersBeforeAPaddedConvolution() {
    ModelGraph graph =
        graph(
            1,
            node("a", new Layer.Conv(1, 4, 1, 1, 0, true), "input"),
            node("relu", new Layer.Relu(), "a"),
            node("b", new Layer.Conv(4, 1, 3, 1, 1, false), "relu"),
            node("mean", new Layer.GlobalAvgPool(), "b"),
            node("fc", new Layer.Linear(1, 2, true), "mean"));
    float[] taps = new float[36];
    for (int i = 0; i < 36; i++) {
      taps[i] = i;
    }
    Compaction cut =
        Compaction.of(
            graph,
            network(
                graph,
                Map.of(
                    // constants 2, −1 (which ReLU makes 0) and 4, and one that the image decides
                    "a.weight", new float[] {0, 0, 0, 5},
                    "a.bias", new float[] {2, -1, 4, 1},
                    "b.weight", taps,
                    "fc.weight", new float[] {1, 2},
                    "fc.bias", new float[] {0, 0})));
    // 4 is the carrier: tap i becomes (18 + i) + 2/4 · i
    float[] carried = new float[18];
    for (int i = 0; i < 9; i++) {
      carried[i] = 18 + i + 0.5f * i;
      carried[9 + i] = 27 + i;
    }
    assertThat(values(cut, "a.bias")).containsExactly(4, 1);
    assertThat(values(cut, "b.weight")).containsExactly(carried);
  }

  @Test
  void aResidualStreamKeepsAChannelThatOneOfItsWritersWrites() {
    ModelGraph graph =
        graph(
            1,
            node("a", new Layer.Conv(1, 2, 1, 1, 0, false), "input"),
            node("b", new Layer.Conv(2, 2, 1, 1, 0, false), "a"),
            node("sum", new Layer.Add(), "a", "b"),
            node("mean", new Layer.GlobalAvgPool(), "sum"),
            node("fc", new Layer.Linear(2, 2, true), "mean"));
    Map<String, float[]> values =
        Map.of(
            "a.weight", new float[] {1, 0},
            "b.weight", new float[] {1, 1, 1, 1},
            "fc.weight", new float[] {1, 2, 3, 4},
            "fc.bias", new float[] {0, 0});
    assertThat(Compaction.of(graph, network(graph, values)).graph()).isEqualTo(graph);
    // Once b does not write the second channel either, it goes out of both.
    Compaction cut =
        Compaction.of(
            graph,
            network(
                graph,
                Map.of(
                    "a.weight", new float[] {1, 0},
                    "b.weight", new float[] {5, 6, 0, 0},
                    "fc.weight", new float[] {1, 2, 3, 4},
                    "fc.bias", new float[] {0, 0})));
    assertThat(values(cut, "a.weight")).containsExactly(1);
    assertThat(values(cut, "b.weight")).containsExactly(5);
    assertThat(values(cut, "fc.weight")).containsExactly(1, 3);
  }

  @Test
  void aLayerThatLosesEveryChannelKeepsOne() {
    ModelGraph graph =
        graph(
            1,
            node("flat", new Layer.Flatten(), "input"),
            node("fc1", new Layer.Linear(1, 3, true), "flat"),
            node("relu", new Layer.Relu(), "fc1"),
            node("fc2", new Layer.Linear(3, 2, true), "relu"));
    Compaction cut =
        Compaction.of(
            graph,
            network(
                graph,
                Map.of(
                    "fc1.weight", new float[] {1, 2, 3},
                    "fc1.bias", new float[] {1, 1, 1},
                    "fc2.weight", new float[6],
                    "fc2.bias", new float[] {1, 2})));
    assertThat(values(cut, "fc1.bias")).hasSize(1);
    assertThat(values(cut, "fc2.bias")).containsExactly(1, 2);
  }

  private static float[] values(Compaction cut, String tensor) {
    return cut.network().weights().get(tensor).values();
  }

  private static ModelGraph graph(int channels, Node... nodes) {
    return new ModelGraph(channels, 1, 1, 2, List.of(nodes));
  }

  private static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }

  private static SparseNetwork network(ModelGraph graph, Map<String, float[]> values) {
    List<Tensor> tensors = new ArrayList<>();
    graph
        .parameters()
        .forEach(
            spec ->
                tensors.add(
                    new Tensor(
                        spec.name(),
                        spec.role(),
                        spec.shape(),
                        values.getOrDefault(spec.name(), new float[0]))));
    return new SparseNetwork(TensorSet.of(tensors), Masks.NONE);
  }
}
