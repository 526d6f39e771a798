package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Normalisation.Running;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.TensorSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** BatchNorm's running statistics of a network, which its passes change in training. */
final class RunningStatistics {
  private final Map<ParameterSpec, float[]> values = new LinkedHashMap<>();

  RunningStatistics(FlatLayout layout, TensorSet network) {
    for (ParameterSpec spec : layout.buffers()) {
      values.put(spec, FlatLayout.valuesOf(spec, network).clone());
    }
  }

  /** Those of a node. */
  Running of(String node, double share) {
    return new Running(
        named(node + ".running_mean"),
        named(node + ".running_var"),
        share,
        Layer.BatchNorm.EPSILON);
  }

  private float[] named(String name) {
    return values.entrySet().stream()
        .filter(each -> each.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** A copy of each. */
  Map<ParameterSpec, float[]> copies() {
    Map<ParameterSpec, float[]> copies = new LinkedHashMap<>();
    values.forEach((spec, array) -> copies.put(spec, array.clone()));
    return copies;
  }

  /** Takes over what a copy holds. */
  void restore(Map<ParameterSpec, float[]> copies) {
    values.forEach(
        (spec, array) ->
            System.arraycopy(Objects.requireNonNull(copies.get(spec)), 0, array, 0, array.length));
  }
}
