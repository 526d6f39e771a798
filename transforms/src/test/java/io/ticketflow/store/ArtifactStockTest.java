package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStockTest {
  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
  }

  /** Every third entry of a tensor of three chunks. */
  private static final Masks THIRD = new Masks(Map.of("fc.weight", third()));

  private static Mask third() {
    BitSet bits = new BitSet();
    for (int i = 0; i < 600_000; i += 3) {
      bits.set(i);
    }
    return Mask.of(bits, 600_000);
  }

  /** Networks at some distance from the anchor: their steps share a direction. */
  private static TensorSet near(TensorSet anchor, long seed) {
    List<Tensor> moved = new ArrayList<>();
    for (Tensor tensor : anchor.tensors()) {
      KeyedRandom common = KeyedRandom.of(0, "common", tensor.name());
      KeyedRandom own = KeyedRandom.of(seed, "own", tensor.name());
      float[] values = tensor.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.1 * common.nextGaussian() + 0.05 * own.nextGaussian());
      }
      moved.add(new Tensor(tensor.name(), tensor.role(), tensor.shape(), values));
    }
    return TensorSet.of(moved);
  }

  @Test
  void equalsThePaperOverEveryTensorsKeptEntries() {
    TensorSet anchor = TestNetworks.drawn(9);
    List<TensorSet> networks = new ArrayList<>();
    List<ArtifactRef> refs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      networks.add(near(anchor, i));
      refs.add(store.save(networks.get(i), THIRD));
    }

    ArtifactRef ref = ArtifactStock.of(store, refs, store.save(anchor, Masks.NONE));

    assertThat(store.loadMasks(ref).get("fc.weight")).isEqualTo(third());
    for (Tensor tensor : store.load(ref).tensors()) {
      boolean masked = tensor.name().equals("fc.weight");
      float[] base = anchor.get(tensor.name()).values();
      double cosines = 0;
      for (int[] pair : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
        float[] a = networks.get(pair[0]).get(tensor.name()).values();
        float[] b = networks.get(pair[1]).get(tensor.name()).values();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < base.length; i += masked ? 3 : 1) {
          ab += ((double) a[i] - base[i]) * ((double) b[i] - base[i]);
          aa += Math.pow((double) a[i] - base[i], 2);
          bb += Math.pow((double) b[i] - base[i], 2);
        }
        cosines += ab / Math.sqrt(aa) / Math.sqrt(bb) / 3;
      }
      double share = 3 * cosines / (1 + 2 * cosines);
      assertThat(share).as(tensor.name()).isBetween(0.5, 0.99);
      for (int i = 0; i < base.length; i++) {
        double mean = 0;
        for (TensorSet network : networks) {
          mean += network.get(tensor.name()).values()[i] / 3.0;
        }
        double expected = masked && i % 3 > 0 ? 0 : share * mean + (1 - share) * base[i];
        assertThat(Math.abs(tensor.values()[i] - expected)).isLessThan(1e-6);
      }
    }
  }

  @Test
  void equalNetworksAreThemselvesAndAPrunedAnchorCountsAsZero() {
    ArtifactRef network = store.save(TestNetworks.drawn(1), THIRD);
    ArtifactRef other = store.save(TestNetworks.drawn(2), THIRD);
    TensorSet base = TestNetworks.drawn(3);
    Masks none = new Masks(Map.of("fc.weight", Mask.of(new BitSet(), 600_000)));
    ArtifactRef anchor = store.save(base, none);
    float[] zeros = new float[600_000];
    List<Tensor> same = new ArrayList<>();
    for (Tensor tensor : base.tensors()) {
      boolean pruned = tensor.name().equals("fc.weight");
      same.add(pruned ? new Tensor(tensor.name(), tensor.role(), tensor.shape(), zeros) : tensor);
    }

    assertThat(ArtifactStock.of(store, List.of(network, network), anchor)).isEqualTo(network);
    assertThat(ArtifactStock.of(store, List.of(network), anchor)).isEqualTo(network);
    assertThat(ArtifactStock.of(store, List.of(network, other), anchor))
        .isEqualTo(
            ArtifactStock.of(
                store, List.of(network, other), store.save(TensorSet.of(same), Masks.NONE)));
  }

  @Test
  void namesTensorAndFileOfAnAnchorThatDiffers() {
    ArtifactRef first = store.save(TestNetworks.ofVectors(new float[2], new float[3]), Masks.NONE);
    ArtifactRef shorter = store.save(TestNetworks.ofVectors(new float[2]), Masks.NONE);
    ArtifactRef wider = store.save(TestNetworks.ofVectors(new float[2], new float[4]), Masks.NONE);

    assertThatThrownBy(() -> ArtifactStock.of(store, List.of(first), shorter))
        .hasMessageContainingAll("w1", shorter.getPath());
    assertThatThrownBy(() -> ArtifactStock.of(store, List.of(first), wider))
        .hasMessageContainingAll("w1", wider.getPath());
  }
}
