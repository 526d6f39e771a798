package io.ticketflow.action;

import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;

/**
 * A merged network with BatchNorm statistics of its own: those of its particles are wrong for it.
 */
public final class RecalibrationAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("recalibrate", 1);

  private RecalibrationAction() {}

  /** The network of those weights, recalibrated as the run says. */
  public static Action<ArtifactResult> of(Workplace place, RunSpec spec, ArtifactRef weights) {
    return ArtifactAction.of(
        KIND,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model().withoutLocation(),
            "recalibrationBatches", spec.evaluation().recalibrationBatches(),
            "recalibrationBatch", spec.evaluation().recalibrationBatchSize(),
            "platform", place.platform(spec)),
        List.of(weights),
        at -> make(at, spec, weights));
  }

  private static ArtifactRef make(Attempt at, RunSpec spec, ArtifactRef weights) {
    ArtifactStore artifacts = at.artifacts();
    Networks networks = Networks.of(spec);
    ModelGraph graph = networks.graph();
    return at.onDevice(
        spec.training().engine(),
        device -> {
          TensorSet recalibrated =
              Recalibration.recalibrate(
                  graph,
                  artifacts.load(weights),
                  networks.data(),
                  spec.evaluation(),
                  at.place().calculator(spec, device));
          return artifacts.save(recalibrated, artifacts.loadMasks(weights));
        });
  }
}
