package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.TensorSet;
import java.util.List;
import java.util.Map;

/**
 * A merged network with BatchNorm statistics of its own: those of its particles are wrong for it.
 */
public final class RecalibrationAction {
  private static final int CODE_VERSION = 1;

  private RecalibrationAction() {}

  public static String key(Workplace place, RunSpec spec, String weights) {
    return ActionKey.of(
        "recalibrate",
        CODE_VERSION,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model(),
            "recalibrationBatches", spec.evaluation().recalibrationBatches(),
            "recalibrationBatch", spec.evaluation().recalibrationBatchSize(),
            "platform", place.platform()),
        List.of(weights));
  }

  public static Done<ArtifactResult> perform(Workplace place, RunSpec spec, ArtifactRef weights) {
    String key = key(place, spec, weights.getSha256());
    return ArtifactAction.perform(
        place, key, () -> place.onDevice(device -> make(place, spec, weights, device)));
  }

  private static ArtifactAction.Made make(
      Workplace place, RunSpec spec, ArtifactRef weights, Device device) {
    ArtifactStore artifacts = place.artifacts();
    Networks networks = Networks.of(spec);
    TensorSet recalibrated =
        Recalibration.recalibrate(
            networks.graph(), artifacts.load(weights), networks.data(), spec.evaluation(), device);
    return ArtifactAction.Made.of(artifacts.save(recalibrated, artifacts.loadMasks(weights)));
  }
}
