package io.ticketflow.learn.pool;

import io.ticketflow.math.Interpolation;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * prune(α·a + (1 − α)·b) for many α: what {@link SparseNetwork#pruneAlike} gives of the
 * interpolation, bit for bit, but entries that are 0 at both ends are looked at once, not for every
 * α.
 */
final class Mixtures {
  private final SparseNetwork target;
  private final TensorSet a;
  private final TensorSet b;
  private final Map<String, Support> supports = new LinkedHashMap<>();

  /**
   * The line between two networks.
   *
   * @param target gives the density of the mixtures
   */
  Mixtures(SparseNetwork target, TensorSet a, TensorSet b) {
    this.target = target;
    this.a = a;
    this.b = b;
    if (!target.isDense()) {
      target
          .masks()
          .tensors()
          .forEach(name -> supports.put(name, Support.of(a.get(name), b.get(name))));
    }
  }

  /** The mixture with that share of a. */
  SparseNetwork at(double alpha) {
    if (target.isDense()) {
      return target.pruneAlike(interpolate(alpha));
    }
    List<int[]> keys = new ArrayList<>();
    List<Mask> all = new ArrayList<>();
    Map<String, float[]> mixed = new HashMap<>();
    long left = 0;
    for (Support support : supports.values()) {
      float[] values = Interpolation.between(alpha, support.a(), support.b());
      int[] ranks = new MagnitudeRanking().of(support.tensor()).next(values);
      for (int rank : ranks) {
        left += rank == 0 ? 0 : 1;
      }
      keys.add(ranks);
      all.add(Mask.full(ranks.length));
      mixed.put(support.tensor(), values);
    }
    if (left < target.kept()) {
      // which zeros count as kept is a matter of their place among all entries
      return target.pruneAlike(interpolate(alpha));
    }
    List<Mask> largest = NetworkPruning.largest(keys, all, target.kept());
    Map<String, Mask> masks = new LinkedHashMap<>();
    int next = 0;
    for (Support support : supports.values()) {
      float[] values = mixed.getOrDefault(support.tensor(), new float[0]);
      Spread spread = support.spread(values, largest.get(next++));
      masks.put(support.tensor(), spread.mask());
      mixed.put(support.tensor(), spread.values());
    }
    TensorSet weights =
        a.map(
            tensor -> {
              float[] values = mixed.get(tensor.name());
              return values == null ? between(alpha, tensor) : tensor.withValues(values);
            });
    return new SparseNetwork(weights, new Masks(masks));
  }

  private TensorSet interpolate(double alpha) {
    return a.map(tensor -> between(alpha, tensor));
  }

  private Tensor between(double alpha, Tensor tensor) {
    float[] other = b.get(tensor.name()).values();
    return tensor.withValues(Interpolation.of(alpha, tensor.values(), other));
  }

  /** The entries of a tensor that are not 0 at both ends. */
  private record Support(String tensor, int size, int[] indices, double[] a, double[] b) {
    static Support of(Tensor first, Tensor second) {
      float[] x = first.values();
      float[] y = second.values();
      int[] indices = new int[x.length];
      int count = 0;
      for (int i = 0; i < x.length; i++) {
        indices[count] = i;
        count += x[i] != 0 || y[i] != 0 ? 1 : 0;
      }
      double[] a = new double[count];
      double[] b = new double[count];
      for (int j = 0; j < count; j++) {
        a[j] = x[indices[j]];
        b[j] = y[indices[j]];
      }
      return new Support(first.name(), x.length, Arrays.copyOf(indices, count), a, b);
    }

    /** Those of the entries that are kept, at their places. */
    Spread spread(float[] entries, Mask kept) {
      float[] values = new float[size];
      long[] words = Mask.words(size);
      long[] keeps = kept.toWords();
      int word = 0;
      long bits = 0;
      for (int j = 0; j < indices.length; j++) {
        int at = indices[j];
        long bit = keeps[j >>> 6] >>> j & 1;
        // no branch: which entries are kept follows no pattern
        values[at] = Float.intBitsToFloat(Float.floatToRawIntBits(entries[j]) & (int) -bit);
        if (at >>> 6 != word) {
          words[word] = bits;
          word = at >>> 6;
          bits = 0;
        }
        bits |= bit << at;
      }
      words[word] |= bits;
      return new Spread(values, Mask.ofWords(words, size));
    }
  }

  private record Spread(float[] values, Mask mask) {}
}
