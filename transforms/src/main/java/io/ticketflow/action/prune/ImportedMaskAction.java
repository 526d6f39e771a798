package io.ticketflow.action.prune;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.action.Networks;
import io.ticketflow.exchange.ImportedNetwork;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Map;

/** The masks that a network was pruned to elsewhere, from the file of its weights. */
public final class ImportedMaskAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("imported-mask", 1);

  private ImportedMaskAction() {}

  /**
   * The mask of cycle 0.
   *
   * @param weights the matching ticket; they give the order and the shapes
   */
  public static Action<ArtifactResult> of(RunSpec spec, ArtifactRef weights) {
    return ArtifactAction.ofMask(
        KIND,
        Map.of("exclude", spec.pruning().exclude(), "weights", spec.model().weightsDigest()),
        List.of(weights),
        () -> promised(spec),
        at -> made(at, spec, weights));
  }

  private static List<LayerCount> promised(RunSpec spec) {
    List<ParameterSpec> prunable = Networks.of(spec).prunable(spec);
    return ArtifactAction.sum(
        spec.model().kept(), prunable.stream().mapToLong(ParameterSpec::size).sum());
  }

  private static ArtifactAction.Made made(Attempt at, RunSpec spec, ArtifactRef weights) {
    Networks networks = Networks.of(spec);
    Masks masks =
        ImportedNetwork.read(spec.model(), networks.graph()).masks(networks.prunable(spec));
    ArtifactStore artifacts = at.artifacts();
    PrunedMask saved = artifacts.saveMasks(artifacts.load(weights), masks);
    return new ArtifactAction.Made(saved.mask(), saved.layers());
  }
}
