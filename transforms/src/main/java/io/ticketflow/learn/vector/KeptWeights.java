package io.ticketflow.learn.vector;

import io.ticketflow.kernel.WeightMask;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where kept weights lie in one array without gaps: in the order of {@link FlatLayout}, pruned ones
 * left out. Optimiser and kernels work on such arrays.
 */
final class KeptWeights {
  private final FlatLayout layout;
  private final Map<String, WeightMask> masks = new HashMap<>();
  private final int[] flat;
  private final int prunable;

  KeptWeights(FlatLayout layout, Masks kept) {
    this.layout = layout;
    int[] all = new int[layout.size()];
    int next = 0;
    int at = 0;
    int ofPrunable = 0;
    for (ParameterSpec spec : layout.trained()) {
      Mask mask = at < layout.prunable() ? kept.get(spec.name()) : null;
      boolean[] flags = mask == null || mask.kept() == mask.size() ? null : flags(mask);
      masks.put(spec.name(), new WeightMask(next, flags));
      int size = Math.toIntExact(spec.size());
      for (int i = 0; i < size; i++) {
        if (flags == null || flags[i]) {
          all[next++] = at + i;
        }
      }
      ofPrunable = at < layout.prunable() ? next : ofPrunable;
      at += size;
    }
    flat = Arrays.copyOf(all, next);
    prunable = ofPrunable;
  }

  /** Where the weights of a network lie that are not 0. */
  static KeptWeights nonZero(FlatLayout layout, TensorSet network) {
    Map<String, Mask> masks = new HashMap<>();
    for (ParameterSpec spec : layout.trained()) {
      if (spec.role() == TensorRole.PRUNABLE) {
        float[] values = FlatLayout.valuesOf(spec, network);
        BitSet bits = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
          bits.set(i, values[i] != 0);
        }
        masks.put(spec.name(), Mask.of(bits, values.length));
      }
    }
    return new KeptWeights(layout, new Masks(masks));
  }

  private static boolean[] flags(Mask mask) {
    boolean[] flags = new boolean[mask.size()];
    for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
      flags[i] = true;
    }
    return flags;
  }

  /** How many there are. */
  int size() {
    return flat.length;
  }

  /** How many of them, from the front, are prunable. */
  int prunable() {
    return prunable;
  }

  /** A tensor's. */
  WeightMask of(String tensor) {
    @Nullable WeightMask mask = masks.get(tensor);
    if (mask == null) {
      throw new IllegalArgumentException("the network has no trained tensor " + tensor);
    }
    return mask;
  }

  /** Without the pruned entries. */
  float[] compress(float[] all) {
    float[] some = new float[flat.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[flat[i]];
    }
    return some;
  }

  /** With +0 for the pruned entries. */
  float[] expand(float[] some) {
    float[] all = new float[layout.size()];
    for (int i = 0; i < some.length; i++) {
      all[flat[i]] = some[i];
    }
    return all;
  }
}
