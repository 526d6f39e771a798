package io.ticketflow.action.merge;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.FisherInformation;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactFisher;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Fisher information of a particle, and the mean of a cycle's particles weighted by it. */
public final class FisherAction {
  private static final Kind<ArtifactResult> INFORMATION = ArtifactAction.kind("fisher", 1);
  private static final Kind<ArtifactResult> MEAN = ArtifactAction.kind("fisher-mean", 1);

  private FisherAction() {}

  /** The diagonal of a network's information, an artifact of its tensors and mask. */
  public static Action<ArtifactResult> of(Workplace place, RunSpec spec, ArtifactRef weights) {
    return ArtifactAction.of(
        INFORMATION,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model().withoutLocation(),
            "images", spec.merging().images(),
            "seed", spec.seed(),
            "platform", place.platform(spec)),
        List.of(weights),
        at -> make(at, spec, weights));
  }

  private static ArtifactRef make(Attempt at, RunSpec spec, ArtifactRef weights) {
    ArtifactStore artifacts = at.artifacts();
    Networks networks = Networks.of(spec);
    return at.onDevice(
        spec.training().engine(),
        device ->
            artifacts.save(
                FisherInformation.diagonal(
                    networks.graph(),
                    artifacts.load(weights),
                    networks.data(),
                    spec.merging().images(),
                    FisherInformation.draws(spec.seed()),
                    at.place().calculator(spec, device)),
                artifacts.loadMasks(weights)));
  }

  /**
   * The weighted mean of networks of one mask, at least one.
   *
   * @param information of each
   * @param floor what an entry's information counts at least
   */
  public static Action<ArtifactResult> mean(
      List<ArtifactRef> particles, List<ArtifactRef> information, double floor) {
    List<ArtifactRef> inputs = new ArrayList<>(particles);
    inputs.addAll(information);
    return ArtifactAction.of(
        MEAN,
        Map.of("floor", floor),
        inputs,
        at -> ArtifactFisher.of(at.artifacts(), particles, information, floor));
  }
}
