package io.ticketflow.action;

import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loss, accuracy and calibration of a network, or of several as an ensemble, on every split. */
public final class EvaluationAction {
  private static final Kind<EvaluationResult> KIND =
      new Kind<>("evaluate", 1, EvaluationResult.class, result -> Optional.empty());

  private EvaluationAction() {}

  /**
   * The measures of a network.
   *
   * @param members one network, or several: then their probabilities are averaged
   */
  public static Action<EvaluationResult> of(
      Workplace place, RunSpec spec, List<ArtifactRef> members) {
    Map<String, Object> matters = new HashMap<>();
    matters.put("data", spec.data().withoutLocation());
    matters.put("model", spec.model().withoutLocation());
    matters.put("labelSmoothing", spec.training().labelSmoothing());
    matters.put("evaluationBatch", spec.evaluation().batchSize());
    matters.put("bins", spec.evaluation().bins());
    matters.put("platform", place.platform(spec));
    if (spec.evaluation().mirror()) {
      matters.put("mirror", true);
    }
    return Action.of(
        KIND,
        matters,
        members,
        made -> new EvaluationResult("", List.of(), 0.0, ""),
        at -> make(at, spec, members));
  }

  private static EvaluationResult make(Attempt at, RunSpec spec, List<ArtifactRef> members) {
    ArtifactStore artifacts = at.artifacts();
    // one at a time: an ensemble's networks do not lie in the heap together
    Iterable<TensorSet> weights = () -> members.stream().map(artifacts::load).iterator();
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Networks networks = Networks.of(spec);
          List<SplitScores> splits =
              Evaluation.evaluate(
                  networks.graph(),
                  weights,
                  networks.data(),
                  spec.training().labelSmoothing(),
                  spec.evaluation(),
                  at.place().calculator(spec, device));
          return new EvaluationResult(at.key(), splits, at.seconds(), at.device());
        });
  }
}
