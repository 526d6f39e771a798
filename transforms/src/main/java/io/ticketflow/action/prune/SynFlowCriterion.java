package io.ticketflow.action.prune;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.SynFlow;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;

/** Synaptic flow in rounds, as {@link SynFlow} has it: no image is looked at. */
final class SynFlowCriterion implements ScoredCriterion {
  @Override
  public Map<String, Object> dependsOn(Workplace place, RunSpec spec) {
    return Map.of(
        "model", spec.model().withoutLocation(),
        "platform", place.platform(engine(spec)),
        "rounds", spec.pruning().saliency().rounds(),
        // The shape of images, whatever they show.
        "images", List.of(spec.data().name(), spec.data().size(), spec.data().channels()));
  }

  @Override
  public Masks survivors(
      Networks networks,
      RunSpec spec,
      TensorSet network,
      Masks left,
      long kept,
      Calculator calculator,
      Device device) {
    PruningSpec pruning = spec.pruning();
    return SynFlow.prune(
        networks.graph(),
        network,
        left,
        pruning.saliency().rounds(),
        pruning.scope(),
        kept,
        calculator);
  }
}
