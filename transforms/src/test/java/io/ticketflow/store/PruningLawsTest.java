package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.math.Ranking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What must hold for any network, target and scope, over two cycles. */
class PruningLawsTest {
  private final ArtifactStore store = new ArtifactStore(new MemoryBlobs());
  private final ArtifactPruning pruning = new ArtifactPruning(store);

  /** Weights of few values, so that many tie. */
  private static TensorSet network(List<Integer> sizes, KeyedRandom random) {
    float[][] vectors = new float[sizes.size()][];
    for (int layer = 0; layer < vectors.length; layer++) {
      vectors[layer] = new float[sizes.get(layer)];
      for (int i = 0; i < vectors[layer].length; i++) {
        vectors[layer][i] = (random.nextInt(9) - 4) * 0.125f;
      }
    }
    return TestNetworks.ofVectors(vectors);
  }

  @Property(tries = 100)
  void masksShrinkToTheExactTargetAndKeepTheLargestOfTheirScope(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 30) Integer> sizes,
      @ForAll Scope scope,
      @ForAll boolean byMagnitude,
      @ForAll int seed) {
    Criterion criterion = byMagnitude ? Criterion.MAGNITUDE : Criterion.RANDOM;
    PruningSpec spec =
        TestSettings.run("pruning: {criterion: " + criterion + ", scope: " + scope + ", cycles: 3}")
            .pruning();
    KeyedRandom random = KeyedRandom.of(seed, "laws");
    TensorSet dense = network(sizes, random);
    PrunedMask last = pruning.fullMask(store.save(dense, Masks.NONE), spec);
    for (int cycle = 1; cycle <= 2; cycle++) {
      Masks before = store.loadMasks(last.mask());
      TensorSet trained = network(sizes, random);
      ArtifactRef weights = store.save(trained, before);
      long target = 1L + random.nextInt((int) last.kept());

      PrunedMask next = pruning.prune(weights, last.mask(), spec, ranking(spec, seed), target);

      Masks after = store.loadMasks(next.mask());
      assertThat(next.kept()).isEqualTo(target);
      assertThat(next.total()).isEqualTo(last.total());
      assertThat(after.kept()).isEqualTo(target);
      assertThat(after.byName().keySet()).containsExactlyElementsOf(before.byName().keySet());
      before
          .byName()
          .forEach((name, mask) -> assertThat(after.get(name)).matches(m -> m.isSubsetOf(mask)));
      assertThat(next.layers().stream().map(LayerCount::getKept))
          .containsExactlyElementsOf(
              after.byName().values().stream().map(m -> (long) m.kept()).toList());
      if (byMagnitude) {
        assertLargestKept(trained, before, after, scope == Scope.GLOBAL);
      }
      last = next;
    }
  }

  /** Every pruned magnitude is at most every kept one, and among equals the first are kept. */
  private static void assertLargestKept(
      TensorSet network, Masks before, Masks after, boolean global) {
    List<String> pruned = new ArrayList<>();
    float leastKept = Float.POSITIVE_INFINITY;
    float mostPruned = -1;
    for (Tensor tensor : network.tensors()) {
      if (!global) {
        leastKept = Float.POSITIVE_INFINITY;
        mostPruned = -1;
        pruned.clear();
      }
      for (int i = 0; i < tensor.values().length; i++) {
        float magnitude = Math.abs(tensor.values()[i]);
        if (keeps(after, tensor, i)) {
          leastKept = Math.min(leastKept, magnitude);
          assertThat(pruned).as("pruned before an equal").doesNotContain("" + magnitude);
        } else if (keeps(before, tensor, i)) {
          mostPruned = Math.max(mostPruned, magnitude);
          pruned.add("" + magnitude);
        }
      }
      assertThat(mostPruned).isLessThanOrEqualTo(leastKept);
    }
  }

  private static boolean keeps(Masks masks, Tensor tensor, int index) {
    Mask mask = masks.get(tensor.name());
    return mask != null && mask.keeps(index);
  }

  private static Ranking ranking(PruningSpec spec, long seed) {
    return spec.criterion() == Criterion.RANDOM ? new RandomRanking(seed) : new MagnitudeRanking();
  }
}
