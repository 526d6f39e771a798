package io.ticketflow.learn.model;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the trained tensors of a network lie in one flat array: the prunable ones first, then the
 * dense ones, each group in the order of the state_dict.
 *
 * @param trained in the array's order
 * @param buffers what no step moves, BatchNorm's statistics for one, which lies elsewhere
 * @param prunable how many entries, from the front, a mask may prune
 * @param size entries of the array
 */
public record FlatLayout(
    List<ParameterSpec> all,
    List<ParameterSpec> trained,
    List<ParameterSpec> buffers,
    int prunable,
    int size) {
  /** The layout of a network. */
  public static FlatLayout of(ModelGraph graph) {
    List<ParameterSpec> all = graph.parameters();
    List<ParameterSpec> trained = new ArrayList<>(withRole(all, TensorRole.PRUNABLE));
    int prunable = size(trained);
    trained.addAll(withRole(all, TensorRole.DENSE));
    return new FlatLayout(
        all, List.copyOf(trained), withRole(all, TensorRole.BUFFER), prunable, size(trained));
  }

  /** Lengths of the trained tensors, in the array's order. */
  public long[] lengths() {
    return trained.stream().mapToLong(ParameterSpec::size).toArray();
  }

  /**
   * The trained tensors of a network as one array.
   *
   * @throws IllegalArgumentException naming the tensor, if one is missing or has another shape
   */
  public float[] flatten(TensorSet tensors) {
    float[] flat = new float[size];
    int at = 0;
    for (ParameterSpec spec : trained) {
      float[] values = valuesOf(spec, tensors);
      System.arraycopy(values, 0, flat, at, values.length);
      at += values.length;
    }
    return flat;
  }

  /** The values of a tensor, once its shape is found to be what the graph says. */
  public static float[] valuesOf(ParameterSpec spec, TensorSet tensors) {
    Tensor tensor = tensors.get(spec.name());
    if (!tensor.shape().equals(spec.shape())) {
      throw new IllegalArgumentException(
          "tensor "
              + spec.name()
              + " has shape "
              + tensor.shape()
              + " where the network has "
              + spec.shape());
    }
    return tensor.values();
  }

  /**
   * Those prunable tensors that have these names, cut from the front of the array.
   *
   * @param front an array that begins with the prunable entries
   */
  public TensorSet prunable(float[] front, Set<String> names) {
    List<Tensor> tensors = new ArrayList<>();
    int at = 0;
    for (ParameterSpec spec : withRole(trained, TensorRole.PRUNABLE)) {
      int length = Math.toIntExact(spec.size());
      if (names.contains(spec.name())) {
        float[] values = Arrays.copyOfRange(front, at, at + length);
        tensors.add(new Tensor(spec.name(), spec.role(), spec.shape(), values));
      }
      at += length;
    }
    return TensorSet.of(tensors);
  }

  /** The inverse of {@link #prunable}: the prunable entries, 0 in tensors that are not given. */
  public float[] front(TensorSet some) {
    float[] front = new float[prunable];
    int at = 0;
    for (ParameterSpec spec : withRole(trained, TensorRole.PRUNABLE)) {
      if (some.has(spec.name())) {
        float[] values = valuesOf(spec, some);
        System.arraycopy(values, 0, front, at, values.length);
      }
      at += Math.toIntExact(spec.size());
    }
    return front;
  }

  /** 1 for kept and 0 for pruned over the prunable entries; empty if all are kept. */
  public Optional<float[]> mask(Masks masks) {
    check(masks);
    return masks.isFull() ? Optional.empty() : Optional.of(flags(masks));
  }

  /**
   * 1 for kept and 0 for pruned over the prunable entries; those of tensors without a mask are
   * kept.
   *
   * @throws IllegalArgumentException naming the tensor, if a mask does not fit
   */
  public float[] flags(Masks masks) {
    float[] flags = new float[prunable];
    Arrays.fill(flags, 1f);
    prune(flags, masks);
    return flags;
  }

  /** Sets the entries that masks prune to +0, in an array that begins with the prunable ones. */
  public void prune(float[] flat, Masks masks) {
    check(masks);
    int at = 0;
    for (ParameterSpec spec : withRole(trained, TensorRole.PRUNABLE)) {
      Mask mask = masks.get(spec.name());
      if (mask != null) {
        mask.applyTo(flat, at);
      }
      at += Math.toIntExact(spec.size());
    }
  }

  /**
   * Accepts masks of some of the prunable tensors.
   *
   * @throws IllegalArgumentException naming the tensor, if a mask does not fit
   */
  public void check(Masks masks) {
    int known = 0;
    for (ParameterSpec spec : withRole(trained, TensorRole.PRUNABLE)) {
      Mask mask = masks.get(spec.name());
      if (mask != null) {
        known++;
        check(spec, mask);
      }
    }
    if (known < masks.tensors().size()) {
      throw new IllegalArgumentException(
          "there are masks of " + masks.tensors() + ", but not all of these are prunable tensors");
    }
  }

  private static void check(ParameterSpec spec, Mask mask) {
    if (mask.size() != spec.size()) {
      throw new IllegalArgumentException(
          "the mask of "
              + spec.name()
              + " has "
              + mask.size()
              + " entries where the tensor has "
              + spec.size());
    }
  }

  /** The inverse of {@link #flags}: the masks of these tensors. */
  public Masks masks(float[] flags, Set<String> tensors) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Tensor tensor : prunable(flags, tensors).tensors()) {
      BitSet kept = new BitSet(tensor.values().length);
      for (int i = 0; i < tensor.values().length; i++) {
        kept.set(i, tensor.values()[i] != 0);
      }
      masks.put(tensor.name(), Mask.of(kept, tensor.values().length));
    }
    return new Masks(masks);
  }

  /**
   * Every tensor of the network.
   *
   * @param flat the trained ones, in the array's order
   * @param statistics the values of each buffer
   */
  public TensorSet tensors(float[] flat, Map<ParameterSpec, float[]> statistics) {
    Map<String, Tensor> byName = new HashMap<>();
    int at = 0;
    for (ParameterSpec spec : trained) {
      int length = Math.toIntExact(spec.size());
      byName.put(spec.name(), tensor(spec, Arrays.copyOfRange(flat, at, at + length)));
      at += length;
    }
    statistics.forEach((spec, values) -> byName.put(spec.name(), tensor(spec, values)));
    return TensorSet.of(all.stream().map(spec -> byName.get(spec.name())).toList());
  }

  private static Tensor tensor(ParameterSpec spec, float[] values) {
    return new Tensor(spec.name(), spec.role(), spec.shape(), values);
  }

  private static List<ParameterSpec> withRole(List<ParameterSpec> specs, TensorRole role) {
    return specs.stream().filter(spec -> spec.role() == role).toList();
  }

  private static int size(List<ParameterSpec> specs) {
    return Math.toIntExact(specs.stream().mapToLong(ParameterSpec::size).sum());
  }
}
