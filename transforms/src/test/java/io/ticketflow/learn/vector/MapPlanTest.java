package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.testing.TestSettings;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How many arrays ResNet-20's first stage takes: 14 maps of one geometry, in blocks of four. */
class MapPlanTest {
  private static final int CHANNELS = 16;
  private static final ModelGraph GRAPH =
      ModelZoo.build(TestSettings.model("name: resnet-20"), 3, 32, 32, 10);

  /**
   * Four of a block's maps are its two convolutions' and its two normalisations'. What the first
   * normalisation gives is made where it is read; so there stay three a block, and two before the
   * blocks.
   */
  @Test
  void valuesThatTheWayBackNeedsHaveArraysOfTheirOwn() {
    assertThat(arrays(new MapPlan(GRAPH, 16, true), FeatureMap::values)).hasSize(3 * 3 + 2);
  }

  /**
   * A block's input has one. What its second convolution passes back takes the place of the values
   * that it reads for it, block by block; all else is made row by row.
   */
  @Test
  void gradientsTakeOneArrayMore() {
    MapPlan plan = new MapPlan(GRAPH, 16, true);
    Set<float[]> more = arrays(plan, FeatureMap::gradient);
    assertThat(more).hasSize(3 + 1);
    more.removeAll(arrays(plan, FeatureMap::values));
    assertThat(more).hasSize(1);
  }

  /** A block's input, and what its two convolutions write. */
  @Test
  void aWayThereAloneTakesThreeArrays() {
    assertThat(arrays(new MapPlan(GRAPH, 16, false), FeatureMap::values)).hasSize(3);
  }

  private static Set<float[]> arrays(MapPlan plan, Function<FeatureMap, float[]> array) {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    GRAPH.nodes().stream()
        .map(node -> plan.of(node.name()))
        .filter(map -> map.channels() == CHANNELS && map.height() == 32)
        .map(array)
        .filter(each -> each.length > 0)
        .forEach(arrays::add);
    return arrays;
  }
}
