package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactMeanTest {
  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
  }

  private static Mask firstHalfOfFc() {
    BitSet bits = new BitSet();
    bits.set(0, 300_000);
    return Mask.of(bits, 600_000);
  }

  @Test
  void equalsAnIndependentDoubleMeanOfTheDenseNetworks() {
    Masks masks = new Masks(Map.of("fc.weight", firstHalfOfFc()));
    List<TensorSet> networks = new ArrayList<>();
    List<ArtifactRef> refs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      networks.add(TestNetworks.drawn(i));
      refs.add(store.save(networks.get(i), masks));
    }

    ArtifactRef ref = ArtifactMean.mean(store, refs);

    TensorSet mean = store.load(ref);
    for (Tensor tensor : mean.tensors()) {
      float[] expected = new float[tensor.values().length];
      for (int i = 0; i < expected.length; i++) {
        if (tensor.name().equals("fc.weight") && i >= 300_000) {
          continue;
        }
        double sum = 0;
        for (TensorSet network : networks) {
          sum += network.get(tensor.name()).values()[i];
        }
        expected[i] = (float) (sum / 3);
      }
      assertThat(tensor.values()).isEqualTo(expected);
    }
    assertThat(store.loadMasks(ref).get("fc.weight")).isEqualTo(firstHalfOfFc());
  }

  @Test
  void theMeanOfOneNetworkIsItsArtifact() {
    ArtifactRef dense = store.save(TestNetworks.drawn(1), Masks.NONE);
    ArtifactRef sparse =
        store.save(TestNetworks.drawn(1), new Masks(Map.of("fc.weight", firstHalfOfFc())));

    assertThat(ArtifactMean.mean(store, List.of(dense))).isEqualTo(dense);
    assertThat(ArtifactMean.mean(store, List.of(sparse))).isEqualTo(sparse);
    assertThat(ArtifactMean.mean(store, List.of(dense, dense))).isEqualTo(dense);
  }

  @Test
  void namesTensorAndFileOfANetworkThatDiffers() {
    ArtifactRef first = store.save(TestNetworks.ofVectors(new float[2], new float[3]), Masks.NONE);
    Map<TensorSet, Masks> others =
        Map.of(
            TestNetworks.ofVectors(new float[2]), Masks.NONE,
            TestNetworks.ofVectors(new float[2], new float[4]), Masks.NONE,
            TestNetworks.ofVectors(new float[2], new float[3]),
                new Masks(Map.of("w1", Mask.full(3))));
    others.forEach(
        (network, masks) -> {
          ArtifactRef other = store.save(network, masks);
          assertThatThrownBy(() -> ArtifactMean.mean(store, List.of(first, other)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContainingAll("w1", other.getPath());
        });
    ArtifactRef longer =
        store.save(TestNetworks.ofVectors(new float[2], new float[3], new float[1]), Masks.NONE);
    assertThatThrownBy(() -> ArtifactMean.mean(store, List.of(first, longer)))
        .hasMessageContainingAll("w2", longer.getPath());
    assertThatThrownBy(() -> ArtifactMean.mean(store, List.of()))
        .hasMessageContaining("no networks");
  }

  @Test
  void namesTheTensorOfANonFiniteWeight() {
    ArtifactRef ref =
        store.save(TestNetworks.ofVectors(new float[] {1}, new float[] {1f / 0}), Masks.NONE);

    assertThatThrownBy(() -> ArtifactMean.mean(store, List.of(ref)))
        .isInstanceOf(NonFiniteWeightsException.class)
        .hasMessageContaining("w1");
  }

  @Test
  void namesADamagedParticle() {
    ArtifactRef good = store.save(TestNetworks.ofVectors(new float[] {1}), Masks.NONE);
    ArtifactRef gone = ArtifactRefs.unchecked("artifacts/00/gone.avro", "00", 5L);

    assertThatThrownBy(() -> ArtifactMean.mean(store, List.of(good, gone)))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContaining("artifacts/00/gone.avro");
  }

  /** What one mean allocates grows with the data; what it holds at a time must not. */
  @Test
  void holdsAChunkOfEachNetworkAndNoMore() {
    List<ArtifactRef> refs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      refs.add(store.save(TestNetworks.ofVectors(new float[4_000_000]), Masks.NONE));
    }
    ArtifactMean.mean(store, refs); // the first one of a JVM may hold 8 MiB more
    long before = held();

    long[] most = new long[1];
    ArtifactStore watched =
        new ArtifactStore(
            new WatchedBlobs(root, () -> most[0] = Math.max(most[0], held() - before)));
    ArtifactMean.mean(watched, refs);

    // 8 networks of 16 MB; about 3 MiB each are in use.
    assertThat(most[0]).isPositive().isLessThan((8 * 4L) << 20);
  }

  /** Bytes that a collection of the heap left, without what other threads allocated since. */
  private static long held() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
