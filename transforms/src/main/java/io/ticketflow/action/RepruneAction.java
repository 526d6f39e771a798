package io.ticketflow.action;

import io.ticketflow.learn.pool.NetworkMean;
import io.ticketflow.math.RunningMean;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Map;

/**
 * The mean of networks of different masks, pruned by magnitude over all layers to the density of
 * the first. In the heap at a time: the sum, the first and one other.
 */
public final class RepruneAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("reprune", 1);

  private RepruneAction() {}

  /** That of networks of the run's model, at least one; BatchNorm wants recalibrating. */
  public static Action<ArtifactResult> of(RunSpec spec, List<ArtifactRef> networks) {
    List<String> exclude = spec.pruning().exclude();
    return ArtifactAction.of(
        KIND,
        Map.of("exclude", exclude),
        networks,
        at -> {
          ArtifactStore artifacts = at.artifacts();
          TensorSet first = artifacts.load(networks.get(0));
          Masks masks = new Exclusions(exclude).others(artifacts.loadMasks(networks.get(0)));
          NetworkMean mean = new NetworkMean(RunningMean::new);
          networks.forEach(network -> mean.add(artifacts.load(network)));
          SparseNetwork pruned = new SparseNetwork(first, masks).pruneAlike(mean.mean(first));
          return artifacts.save(pruned.weights(), pruned.masks());
        });
  }
}
