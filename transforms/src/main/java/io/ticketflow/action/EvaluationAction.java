package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.TensorSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loss, accuracy and calibration of a network, or of several as an ensemble, on every split. */
public final class EvaluationAction {
  private static final int CODE_VERSION = 1;

  private EvaluationAction() {}

  public static String key(Workplace place, RunSpec spec, List<String> members) {
    return ActionKey.of(
        "evaluate",
        CODE_VERSION,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model(),
            "labelSmoothing", spec.training().labelSmoothing(),
            "evaluationBatch", spec.evaluation().batchSize(),
            "bins", spec.evaluation().bins(),
            "platform", place.platform()),
        members);
  }

  /**
   * The measures of a network.
   *
   * @param members one network, or those whose probabilities are averaged
   */
  public static Done<EvaluationResult> perform(
      Workplace place, RunSpec spec, List<ArtifactRef> members) {
    String key = key(place, spec, members.stream().map(ArtifactRef::getSha256).toList());
    return new Actions(place)
        .perform(
            key,
            EvaluationResult.class,
            result -> Optional.empty(),
            () -> place.onDevice(device -> make(place, spec, members, key, device)));
  }

  private static EvaluationResult make(
      Workplace place, RunSpec spec, List<ArtifactRef> members, String key, Device device) {
    Stopwatch watch = new Stopwatch();
    ArtifactStore artifacts = place.artifacts();
    Networks networks = Networks.of(spec);
    // one at a time: an ensemble's networks do not lie in the heap together
    Iterable<TensorSet> weights = () -> members.stream().map(artifacts::load).iterator();
    return new EvaluationResult(
        key,
        Evaluation.evaluate(
            networks.graph(),
            weights,
            networks.data(),
            spec.training().labelSmoothing(),
            spec.evaluation(),
            device),
        watch.seconds(),
        Workplace.name(device));
  }
}
