package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.math.Ranking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.TestSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactPruningTest {
  @TempDir Path root;
  private ArtifactStore store;
  private ArtifactPruning pruning;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
    pruning = new ArtifactPruning(store);
  }

  private static PruningSpec spec(Criterion criterion, Scope scope, String... exclude) {
    return TestSettings.run(
            "pruning: {criterion: " + criterion + ", scope: " + scope + ", cycles: 3}",
            "pruning.exclude: " + List.of(exclude))
        .pruning();
  }

  private static final List<Criterion> OF_WEIGHTS_ALONE =
      List.of(Criterion.MAGNITUDE, Criterion.RANDOM);

  private static final PruningSpec GLOBAL = spec(Criterion.MAGNITUDE, Scope.GLOBAL);

  private ArtifactRef save(float[]... vectors) {
    return store.save(TestNetworks.ofVectors(vectors), Masks.NONE);
  }

  /** The kept indices of each layer. */
  private List<List<Integer>> kept(PrunedMask pruned) {
    return store.loadMasks(pruned.mask()).byName().values().stream().map(m -> indices(m)).toList();
  }

  private static List<Integer> indices(Mask mask) {
    return java.util.stream.IntStream.range(0, mask.size()).filter(mask::keeps).boxed().toList();
  }

  @Test
  void theFullMaskKeepsAllPrunableEntries() {
    PrunedMask full = pruning.fullMask(store.save(TestNetworks.drawn(1), Masks.NONE), GLOBAL);

    assertThat(full.kept()).isEqualTo(600_216);
    assertThat(full.total()).isEqualTo(600_216);
    assertThat(full.layers())
        .containsExactly(
            new LayerCount("conv.weight", 216L, 216L),
            new LayerCount("fc.weight", 600_000L, 600_000L));
    assertThat(store.loadMasks(full.mask()).byName())
        .isEqualTo(Map.of("conv.weight", Mask.full(216), "fc.weight", Mask.full(600_000)));
  }

  @Test
  void keepsTheLargestMagnitudesOfTheWholeNetwork() {
    ArtifactRef weights = save(new float[] {0.1f, -5f, 2f}, new float[] {-3f, 0f, 4f, -0.2f});
    PrunedMask full = pruning.fullMask(weights, GLOBAL);

    PrunedMask pruned = pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 4);

    assertThat(kept(pruned)).containsExactly(List.of(1, 2), List.of(0, 2));
    assertThat(pruned.kept()).isEqualTo(4);
    assertThat(pruned.total()).isEqualTo(7);
    assertThat(pruned.layers())
        .containsExactly(new LayerCount("w0", 2L, 3L), new LayerCount("w1", 2L, 4L));
  }

  @Test
  void keepsTheFirstWhenAllMagnitudesTie() {
    float[] ones = new float[300_000];
    Arrays.fill(ones, 1f);
    float[] minus = new float[10];
    Arrays.fill(minus, -1f);
    ArtifactRef weights = save(ones, minus);
    PrunedMask full = pruning.fullMask(weights, GLOBAL);

    PrunedMask many = pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 300_003);
    PrunedMask few = pruning.prune(weights, many.mask(), GLOBAL, ranking(GLOBAL, 0), 280_001);

    assertThat(kept(many).get(1)).containsExactly(0, 1, 2);
    assertThat(few.layers())
        .containsExactly(new LayerCount("w0", 280_001L, 300_000L), new LayerCount("w1", 0L, 10L));
    assertThat(kept(few).get(0)).hasSize(280_001).last().isEqualTo(280_000);
  }

  @Test
  void ordersZeroesSubnormalsAndHugeValues() {
    float tiny = Float.MIN_VALUE;
    ArtifactRef weights =
        save(new float[] {-0f, 0f, -tiny, 2 * tiny, Float.MAX_VALUE, -Float.MAX_VALUE, 0f});
    PrunedMask full = pruning.fullMask(weights, GLOBAL);

    assertThat(kept(pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 1)).get(0))
        .containsExactly(4);
    assertThat(kept(pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 3)).get(0))
        .containsExactly(3, 4, 5);
    assertThat(kept(pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 6)).get(0))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void masksOnlyShrinkAndCountsAreExactInEveryScopeAndCriterion(Scope scope) {
    TensorSet network = TestNetworks.drawn(3);
    for (Criterion criterion : OF_WEIGHTS_ALONE) {
      PruningSpec spec = spec(criterion, scope);
      ArtifactRef dense = store.save(network, Masks.NONE);
      PrunedMask last = pruning.fullMask(dense, spec);
      for (int cycle = 1; cycle <= 3; cycle++) {
        Masks before = store.loadMasks(last.mask());
        ArtifactRef weights = store.save(TestNetworks.drawn(3 + cycle), before);
        long target = spec.keptAfter(cycle, last.total());

        PrunedMask next = pruning.prune(weights, last.mask(), spec, ranking(spec, 11), target);

        Masks after = store.loadMasks(next.mask());
        assertThat(next.kept()).isEqualTo(target);
        assertThat(after.kept()).isEqualTo(target);
        assertThat(after.byName().keySet()).isEqualTo(before.byName().keySet());
        before
            .byName()
            .forEach((name, mask) -> assertThat(after.get(name)).matches(m -> m.isSubsetOf(mask)));
        last = next;
      }
    }
  }

  @Test
  void uniformScopeKeepsTheSameDensityAndRanksWithinLayers() {
    PruningSpec spec = spec(Criterion.MAGNITUDE, Scope.UNIFORM);
    ArtifactRef weights =
        save(
            new float[] {9, 8, 7, 6}, new float[] {0.4f, 0.1f, 0.3f, 0.2f, 0.6f, 0.5f, 0.7f, 0.8f});
    PrunedMask full = pruning.fullMask(weights, spec);

    PrunedMask half = pruning.prune(weights, full.mask(), spec, ranking(spec, 0), 6);

    assertThat(kept(half)).containsExactly(List.of(0, 1), List.of(4, 5, 6, 7));
  }

  @Test
  void whatTheMaskPrunedNeverComesBackThoughTheWeightsAreDense() {
    ArtifactRef first = save(new float[] {1, 2, 3, 4});
    PrunedMask full = pruning.fullMask(first, GLOBAL);
    PrunedMask two = pruning.prune(first, full.mask(), GLOBAL, ranking(GLOBAL, 0), 2);
    ArtifactRef dense = save(new float[] {100, 100, 1, 2});

    assertThat(kept(pruning.prune(dense, two.mask(), GLOBAL, ranking(GLOBAL, 0), 1)).get(0))
        .containsExactly(3);
  }

  @Test
  void excludedTensorsStayWholeAndCountNowhere() {
    ArtifactRef weights = store.save(TestNetworks.drawn(1), Masks.NONE);
    PruningSpec spec = spec(Criterion.MAGNITUDE, Scope.GLOBAL, "fc.*");
    PrunedMask full = pruning.fullMask(weights, spec);

    PrunedMask pruned = pruning.prune(weights, full.mask(), spec, ranking(spec, 0), 100);

    assertThat(pruned.total()).isEqualTo(216);
    assertThat(store.loadMasks(pruned.mask()).byName()).containsOnlyKeys("conv.weight");
  }

  @Test
  void namesAPatternThatMatchesNothing() {
    ArtifactRef weights = store.save(TestNetworks.drawn(1), Masks.NONE);

    assertThatThrownBy(
            () -> pruning.fullMask(weights, spec(Criterion.RANDOM, Scope.ERK, "fc.*", "layer9.*")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("layer9.*");
    assertThatThrownBy(
            () -> pruning.fullMask(weights, spec(Criterion.RANDOM, Scope.ERK, "fc.*", "conv*")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leaves no tensor");
    assertThatThrownBy(
            () -> pruning.fullMask(weights, spec(Criterion.RANDOM, Scope.ERK, "fc.bias")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fc.bias");
  }

  @Test
  void namesTheTensorOfANonFiniteWeight() {
    float[] good = {1, 2};
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      ArtifactRef weights = save(good, new float[] {1, bad});
      PrunedMask full = pruning.fullMask(weights, GLOBAL);
      for (Criterion criterion : OF_WEIGHTS_ALONE) {
        assertThatThrownBy(
                () ->
                    pruning.prune(
                        weights,
                        full.mask(),
                        spec(criterion, Scope.GLOBAL),
                        ranking(spec(criterion, Scope.GLOBAL), 0),
                        2))
            .isInstanceOf(NonFiniteWeightsException.class)
            .hasMessageContaining("w1");
      }
    }
  }

  @Test
  void refusesToKeepNothingOrMoreThanIsLeft() {
    ArtifactRef weights = save(new float[] {1, 2});
    PrunedMask full = pruning.fullMask(weights, GLOBAL);

    assertThatThrownBy(() -> pruning.prune(weights, full.mask(), GLOBAL, ranking(GLOBAL, 0), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no weight");
    for (Scope scope : Scope.values()) {
      assertThatThrownBy(
              () ->
                  pruning.prune(
                      weights,
                      full.mask(),
                      spec(Criterion.MAGNITUDE, scope),
                      ranking(spec(Criterion.MAGNITUDE, scope), 0),
                      3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot keep 3 entries");
    }
  }

  @Test
  void namesTheTensorWhereMaskAndNetworkDiffer() {
    PrunedMask full = pruning.fullMask(save(new float[] {1, 2}, new float[] {3}), GLOBAL);

    assertThatThrownBy(
            () ->
                pruning.prune(save(new float[] {1, 2}), full.mask(), GLOBAL, ranking(GLOBAL, 0), 1))
        .hasMessageContaining("w1");
    assertThatThrownBy(
            () ->
                pruning.prune(
                    save(new float[] {1, 2}, new float[] {3, 4}),
                    full.mask(),
                    GLOBAL,
                    ranking(GLOBAL, 0),
                    1))
        .hasMessageContainingAll("w1", "[1]", "[2]");
  }

  private static Ranking ranking(PruningSpec spec, long seed) {
    return spec.criterion() == Criterion.RANDOM ? new RandomRanking(seed) : new MagnitudeRanking();
  }
}
