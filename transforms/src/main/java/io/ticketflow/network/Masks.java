package io.ticketflow.network;

import io.ticketflow.math.Mask;
import io.ticketflow.schemas.TensorRole;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a network: a mask for each tensor that may be pruned, in the network's order. A
 * tensor without one is kept whole and counts for nothing. Immutable.
 *
 * @param byName at least one entry a mask; masks are equal if these are, in whatever order
 */
public record Masks(Map<String, Mask> byName) {
  /** No tensor may be pruned. */
  public static final Masks NONE = new Masks(Map.of());

  public Masks {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Names of the tensors that have masks, in the network's order. */
  public Set<String> tensors() {
    return byName.keySet();
  }

  /** The mask of a tensor; null if it has none. */
  public @Nullable Mask get(String tensor) {
    return byName.get(tensor);
  }

  /** Entries that are kept, of the tensors that have masks. */
  public long kept() {
    return byName.values().stream().mapToLong(Mask::kept).sum();
  }

  /** Entries of the tensors that have masks, kept or not. */
  public long total() {
    return byName.values().stream().mapToLong(Mask::size).sum();
  }

  /** Whether nothing is pruned. */
  public boolean isFull() {
    return kept() == total();
  }

  /** Other masks of the same tensors. */
  public Masks map(BiFunction<String, Mask, Mask> change) {
    Map<String, Mask> changed = new LinkedHashMap<>();
    byName.forEach((tensor, mask) -> changed.put(tensor, change.apply(tensor, mask)));
    return new Masks(changed);
  }

  /** The same tensors, kept whole. */
  public Masks full() {
    return map((tensor, mask) -> Mask.full(mask.size()));
  }

  /** The network with +0 where it is pruned; tensors without a mask are shared, not copied. */
  public TensorSet applyTo(TensorSet network) {
    return network.map(
        tensor -> {
          Mask mask = byName.get(tensor.name());
          if (mask == null) {
            return tensor;
          }
          float[] values = tensor.values().clone();
          mask.applyTo(values);
          return tensor.withValues(values);
        });
  }

  /**
   * Accepts masks of prunable tensors of a network, as long as they are.
   *
   * @throws IllegalArgumentException naming the tensor that is missing, that is not prunable, or
   *     whose mask has another size
   */
  public void requireFit(TensorSet network) {
    byName.forEach(
        (name, mask) -> {
          Tensor tensor = network.get(name);
          if (tensor.role() != TensorRole.PRUNABLE || mask.size() != tensor.values().length) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "tensor %s (%s, %d entries) cannot have a mask of %d entries",
                    name,
                    tensor.role(),
                    tensor.values().length,
                    mask.size()));
          }
        });
  }
}
