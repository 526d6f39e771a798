package io.ticketflow.action;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.measure.SplitLogits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
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

  /** A part of the heap that leaves room for trainings. */
  private static final HeldLogits HELD = new HeldLogits(Runtime.getRuntime().maxMemory() / 32);

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
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Calculator calculator = at.place().calculator(spec, device);
          List<SplitScores> splits = scores(at, spec, members, calculator);
          return new EvaluationResult(at.key(), splits, at.seconds(), at.device());
        });
  }

  private static List<SplitScores> scores(
      Attempt at, RunSpec spec, List<ArtifactRef> members, Calculator calculator) {
    Networks networks = Networks.of(spec);
    ModelGraph graph = networks.graph();
    DataSplits data = networks.data();
    EvaluationSpec evaluation = spec.evaluation();
    double smoothing = spec.training().labelSmoothing();
    ArtifactStore artifacts = at.artifacts();
    if (HELD.fit(SplitLogits.bytes(graph, data, members.size()))) {
      List<SplitLogits> logits =
          members.stream()
              .map(
                  member ->
                      HELD.of(
                          of(at.place(), spec, List.of(member)).key(),
                          () ->
                              SplitLogits.of(
                                  graph, artifacts.load(member), data, evaluation, calculator)))
              .toList();
      return Evaluation.scores(graph, logits, data, smoothing, evaluation);
    }
    // one at a time: an ensemble's networks do not lie in the heap together
    Iterable<TensorSet> weights = () -> members.stream().map(artifacts::load).iterator();
    return Evaluation.evaluate(graph, weights, data, smoothing, evaluation, calculator);
  }
}
