package io.ticketflow.exchange;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors of a file as a model has them, whichever form each has: {@link ImportedNetwork} says
 * which there are.
 *
 * @param model names what the tensors must fit, in messages
 */
record TensorForms(TensorFile tensors, String model) {
  private static final String COUNTER = "num_batches_tracked";
  private static final List<String> WHOLE = List.of("", "_orig");
  private static final List<String> MASKS = List.of(TensorNames.MASK, "_mask");
  private static final List<String> OTHERS =
      List.of(TensorNames.VALUES, TensorNames.INDICES, TensorNames.SHAPE);

  ImportedNetwork network(List<ParameterSpec> parameters) {
    refuseUnknown(parameters);
    List<Tensor> all = new ArrayList<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (ParameterSpec spec : parameters) {
      float[] values = new float[Math.toIntExact(spec.size())];
      Optional<TensorEntry> whole = any(spec.name(), WHOLE);
      if (whole.isPresent()) {
        requireShape(whole.get(), spec);
        System.arraycopy(finite(whole.get()), 0, values, 0, values.length);
        any(spec.name(), MASKS).ifPresent(entry -> masks.put(spec.name(), mask(entry, spec)));
      } else {
        masks.put(spec.name(), scatter(spec, values));
      }
      if (masks.containsKey(spec.name())) {
        masks.get(spec.name()).applyTo(values, 0);
      }
      all.add(new Tensor(spec.name(), spec.role(), spec.shape(), values));
    }
    return new ImportedNetwork(TensorSet.of(all), new Masks(masks), tensors.path());
  }

  private Optional<TensorEntry> any(String name, List<String> endings) {
    return endings.stream().flatMap(end -> tensors.find(name + end).stream()).findFirst();
  }

  private void refuseUnknown(List<ParameterSpec> parameters) {
    Set<String> known = new HashSet<>();
    for (ParameterSpec spec : parameters) {
      for (List<String> endings : List.of(WHOLE, MASKS, OTHERS)) {
        endings.forEach(end -> known.add(spec.name() + end));
      }
    }
    for (TensorEntry entry : tensors.tensors()) {
      if (!known.contains(entry.name()) && !entry.name().endsWith(COUNTER)) {
        throw UserException.of(
            "%s has a tensor %s, which %s has not",
            tensors.path(), UserException.printable(entry.name()), model);
      }
    }
  }

  private void requireShape(TensorEntry entry, ParameterSpec spec) {
    if (!entry.shape().equals(spec.shape())) {
      throw UserException.of(
          "%s: tensor %s has shape %s, where %s has %s",
          tensors.path(), entry.name(), entry.shape(), model, spec.shape());
    }
  }

  private float[] finite(TensorEntry entry) {
    if (!entry.dtype().isFloating()) {
      throw UserException.of(
          "%s: tensor %s is %s, and weights are F64, F32, F16 or BF16",
          tensors.path(), entry.name(), entry.dtype().label());
    }
    float[] values = tensors.values(entry);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw UserException.of("%s: tensor %s holds %s", tensors.path(), entry.name(), value);
      }
    }
    return values;
  }

  private Mask mask(TensorEntry entry, ParameterSpec spec) {
    requireShape(entry, spec);
    requirePrunable(spec);
    return tensors.mask(entry);
  }

  private void requirePrunable(ParameterSpec spec) {
    if (spec.role() != TensorRole.PRUNABLE) {
      throw UserException.of(
          "%s: tensor %s has a mask, and only weights of layers are pruned",
          tensors.path(), spec.name());
    }
  }

  /** Fills in a sparse tensor; says where it has entries. */
  private Mask scatter(ParameterSpec spec, float[] full) {
    TensorEntry values = part(spec, TensorNames.VALUES, spec.name());
    TensorEntry indices = part(spec, TensorNames.INDICES, values.name());
    TensorEntry shape = part(spec, TensorNames.SHAPE, values.name());
    requirePrunable(spec);
    float[] axes = shape.size() == spec.shape().size() ? tensors.values(shape) : new float[0];
    boolean fits = axes.length > 0 && values.size() == indices.size();
    for (int i = 0; fits && i < axes.length; i++) {
      fits = axes[i] == spec.shape().get(i);
    }
    if (!fits || values.size() > full.length) {
      throw UserException.of(
          "%s: the sparse tensor %s does not fit %s, where it has shape %s",
          tensors.path(), spec.name(), model, spec.shape());
    }
    float[] kept = finite(values);
    float[] places = tensors.values(indices);
    BitSet bits = new BitSet(full.length);
    for (int i = 0; i < kept.length; i++) {
      int place = (int) places[i];
      if (place != places[i] || place < 0 || place >= full.length || bits.get(place)) {
        throw UserException.of(
            "%s: tensor %s names place %s, twice or beyond %s entries",
            tensors.path(), indices.name(), places[i], full.length);
      }
      bits.set(place);
      full[place] = kept[i];
    }
    return Mask.of(bits, full.length);
  }

  private TensorEntry part(ParameterSpec spec, String ending, String because) {
    return tensors
        .find(spec.name() + ending)
        .orElseThrow(
            () ->
                because.equals(spec.name())
                    ? UserException.of(
                        "%s has no tensor %s, which %s needs, of shape %s",
                        tensors.path(), spec.name(), model, spec.shape())
                    : UserException.of(
                        "%s has %s and no %s", tensors.path(), because, spec.name() + ending));
  }
}
