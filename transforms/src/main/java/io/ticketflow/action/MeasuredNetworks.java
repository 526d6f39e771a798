package io.ticketflow.action;

import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.store.ArtifactStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Networks that a measure takes, as inputs of its action and in memory. */
final class MeasuredNetworks {
  private MeasuredNetworks() {}

  /** The artifacts, in order. */
  static List<ArtifactRef> inputs(List<NamedNetwork> networks) {
    List<ArtifactRef> inputs = new ArrayList<>();
    for (NamedNetwork network : networks) {
      inputs.add(network.getWeights());
      if (network.getMask() != null) {
        inputs.add(network.getMask());
      }
    }
    return inputs;
  }

  /** What matters, with which of the inputs are masks. */
  static Map<String, Object> matters(Map<String, Object> matters, List<NamedNetwork> networks) {
    matters.put("masked", networks.stream().map(network -> network.getMask() != null).toList());
    return matters;
  }

  /** The networks, under their masks. */
  static List<TensorSet> load(ArtifactStore artifacts, List<NamedNetwork> networks) {
    List<TensorSet> loaded = new ArrayList<>();
    for (NamedNetwork network : networks) {
      TensorSet weights = artifacts.load(network.getWeights());
      loaded.add(
          network.getMask() == null
              ? weights
              : artifacts.loadMasks(network.getMask()).applyTo(weights));
    }
    return loaded;
  }
}
