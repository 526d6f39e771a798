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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TIES, Karcher's mean and Fisher's over files, against nested loops over whole tensors. */
class ArtifactMergesTest {
  private static final int COPIES = 3;

  @TempDir Path root;
  private ArtifactStore store;
  private final TensorSet anchor = TestNetworks.drawn(9);
  private final List<TensorSet> networks = new ArrayList<>();
  private final List<ArtifactRef> refs = new ArrayList<>();

  /** About a third of a tensor of three chunks, at random; a mask of nothing on the other one. */
  private static final Masks MASKS =
      new Masks(Map.of("fc.weight", third(), "conv.weight", Mask.of(new BitSet(), 8 * 27)));

  private static Mask third() {
    KeyedRandom draws = KeyedRandom.of(5, "third");
    BitSet bits = new BitSet();
    for (int i = 0; i < 600_000; i++) {
      bits.set(i, draws.nextInt(3) == 0);
    }
    return Mask.of(bits, 600_000);
  }

  @BeforeEach
  void store() {
    store = new ArtifactStore(new LocalBlobs(root));
    for (int i = 0; i < COPIES; i++) {
      networks.add(MASKS.applyTo(near(i)));
      refs.add(store.save(networks.get(i), MASKS));
    }
  }

  /** At some distance from the anchor; steps are multiples of 1/64, so that many are equal. */
  private TensorSet near(long seed) {
    return anchor.map(
        tensor -> {
          KeyedRandom draws = KeyedRandom.of(seed, "own", tensor.name());
          float[] values = new float[tensor.values().length];
          for (int i = 0; i < values.length; i++) {
            float base = Math.round(64 * tensor.values()[i]) / 64f;
            values[i] = base + Math.round(20 * draws.nextGaussian()) / 64f;
          }
          return tensor.withValues(values);
        });
  }

  private TensorSet rounded() {
    return anchor.map(
        tensor -> {
          float[] values = new float[tensor.values().length];
          for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(64 * tensor.values()[i]) / 64f;
          }
          return tensor.withValues(values);
        });
  }

  private void assertMerged(
      ArtifactRef merged, BiFunction<String, int[], double[]> expected, double within) {
    assertThat(store.loadMasks(merged)).isEqualTo(MASKS);
    for (Tensor tensor : store.load(merged).tensors()) {
      Mask mask = MASKS.byName().getOrDefault(tensor.name(), Mask.full(tensor.values().length));
      int[] kept = IntStream.range(0, tensor.values().length).filter(mask::keeps).toArray();
      double[] values = expected.apply(tensor.name(), kept);
      double off = 0;
      for (int i = 0; i < kept.length; i++) {
        off = Math.max(off, Math.abs(values[i] - tensor.values()[kept[i]]));
      }
      assertThat(off).as(tensor.name()).isLessThan(within);
      for (int i = 0; i < tensor.values().length; i++) {
        assertThat(mask.keeps(i) || tensor.values()[i] == 0).isTrue();
      }
    }
  }

  private double[][] kept(String tensor, int[] places) {
    double[][] kept = new double[COPIES][places.length];
    for (int j = 0; j < COPIES; j++) {
      for (int i = 0; i < places.length; i++) {
        kept[j][i] = networks.get(j).get(tensor).values()[places[i]];
      }
    }
    return kept;
  }

  @Test
  void tiesKeepsTheLargestStepsOfEachTensorExactly() {
    TensorSet base = rounded();
    ArtifactRef from = store.save(base, Masks.NONE);
    assertMerged(
        ArtifactTies.of(store, refs, from, 0.2, 0.75),
        (tensor, places) -> ties(kept(tensor, places), base.get(tensor).values(), places),
        1e-6);
    // an anchor that is pruned elsewhere, where nothing is merged, is no other one
    assertThat(ArtifactTies.of(store, refs, store.save(base, MASKS), 0.2, 0.75))
        .isEqualTo(ArtifactTies.of(store, refs, from, 0.2, 0.75));
  }

  private static double[] ties(double[][] copies, float[] anchor, int[] places) {
    int count = places.length;
    double[][] steps = new double[COPIES][count];
    for (int j = 0; j < COPIES; j++) {
      double[] way = new double[count];
      for (int i = 0; i < count; i++) {
        way[i] = copies[j][i] - anchor[places[i]];
      }
      // a stable sort: of equal ones the first stays
      List<Integer> order =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(way[i])))
              .toList();
      for (int i = 0; i < (int) Math.floor(0.2 * count + 0.5); i++) {
        steps[j][order.get(i)] = way[order.get(i)];
      }
    }
    double[] merged = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = steps[0][i] + steps[1][i] + steps[2][i];
      double agreeing = 0;
      int number = 0;
      for (int j = 0; j < COPIES; j++) {
        if (steps[j][i] * sum > 0) {
          agreeing += steps[j][i];
          number++;
        }
      }
      merged[i] = anchor[places[i]] + (number == 0 ? 0 : 0.75 * agreeing / number);
    }
    return merged;
  }

  @Test
  void karcherGoesByWholeTensors() {
    assertMerged(
        ArtifactKarcher.of(store, refs),
        (tensor, places) -> karcher(kept(tensor, places), places.length),
        1e-5);
  }

  /** Karcher's iteration on the vectors themselves. */
  private static double[] karcher(double[][] copies, int count) {
    double length = 0;
    double[] mean = new double[count];
    for (double[] copy : copies) {
      double own = length(copy);
      length += own / COPIES;
      for (int i = 0; i < count; i++) {
        copy[i] /= own;
        mean[i] += copy[i];
      }
    }
    for (int step = 0; step < 60; step++) {
      double norm = length(mean);
      double[] way = new double[count];
      for (int i = 0; i < count; i++) {
        mean[i] /= norm;
      }
      for (double[] copy : copies) {
        double cosine = 0;
        for (int i = 0; i < count; i++) {
          cosine += copy[i] * mean[i];
        }
        double angle = Math.acos(cosine);
        for (int i = 0; i < count; i++) {
          way[i] += angle / Math.sin(angle) * (copy[i] - cosine * mean[i]) / COPIES;
        }
      }
      double far = length(way);
      for (int i = 0; i < count && far > 0; i++) {
        mean[i] = Math.cos(far) * mean[i] + Math.sin(far) / far * way[i];
      }
    }
    double norm = length(mean);
    for (int i = 0; i < count; i++) {
      mean[i] *= length / norm;
    }
    return mean;
  }

  private static double length(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void fisherWeighsEveryEntry() {
    List<TensorSet> known = new ArrayList<>();
    for (int j = 0; j < COPIES; j++) {
      known.add(TestNetworks.drawn(20 + j).map(ArtifactMergesTest::squared));
    }
    BiFunction<String, int[], double[]> expected =
        (tensor, places) -> {
          double[][] copies = kept(tensor, places);
          double[] merged = new double[places.length];
          for (int i = 0; i < places.length; i++) {
            double weights = 0;
            for (int j = 0; j < COPIES; j++) {
              double weight = Math.max(0.05, known.get(j).get(tensor).values()[places[i]]);
              merged[i] += weight * copies[j][i];
              weights += weight;
            }
            merged[i] /= weights;
          }
          return merged;
        };
    List<ArtifactRef> masked = known.stream().map(each -> store.save(each, MASKS)).toList();
    List<ArtifactRef> whole = known.stream().map(each -> store.save(each, Masks.NONE)).toList();
    assertMerged(ArtifactFisher.of(store, refs, masked, 0.05), expected, 1e-6);
    assertThat(ArtifactFisher.of(store, refs, whole, 0.05))
        .isEqualTo(ArtifactFisher.of(store, refs, masked, 0.05));
  }

  private static Tensor squared(Tensor tensor) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= values[i];
    }
    return tensor.withValues(values);
  }

  /** Of TIES where all of a step stays, as what it leaves out is the anchor's. */
  @Test
  void oneNetworkAndEqualOnesAreThemselves() {
    ArtifactRef network = refs.get(0);
    ArtifactRef base = store.save(anchor, Masks.NONE);
    List<Function<List<ArtifactRef>, ArtifactRef>> rules =
        List.of(
            same -> ArtifactTies.of(store, same, base, 1, 1),
            same -> ArtifactKarcher.of(store, same),
            same -> ArtifactFisher.of(store, same, same.stream().map(each -> known()).toList(), 1));
    for (Function<List<ArtifactRef>, ArtifactRef> rule : rules) {
      assertThat(rule.apply(List.of(network))).isEqualTo(network);
      assertThat(rule.apply(List.of(network, network, network))).isEqualTo(network);
    }
  }

  private ArtifactRef known() {
    return store.save(TestNetworks.drawn(20).map(ArtifactMergesTest::squared), Masks.NONE);
  }

  @Test
  void namesTensorAndFileOfWhatDiffers() {
    ArtifactRef first = store.save(TestNetworks.ofVectors(new float[2], new float[3]), Masks.NONE);
    ArtifactRef shorter = store.save(TestNetworks.ofVectors(new float[2]), Masks.NONE);
    ArtifactRef wider = store.save(TestNetworks.ofVectors(new float[2], new float[4]), Masks.NONE);

    assertThatThrownBy(() -> ArtifactTies.of(store, List.of(first), shorter, 1, 1))
        .hasMessageContainingAll("w1", shorter.getPath());
    assertThatThrownBy(() -> ArtifactFisher.of(store, List.of(first), List.of(wider), 1))
        .hasMessageContainingAll("w1", wider.getPath());
    assertThatThrownBy(() -> ArtifactKarcher.of(store, List.of(first, wider)))
        .hasMessageContainingAll("w1", wider.getPath());
  }
}
