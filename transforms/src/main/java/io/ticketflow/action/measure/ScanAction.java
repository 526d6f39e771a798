package io.ticketflow.action.measure;

import io.ticketflow.network.TensorSet;
import io.ticketflow.network.WeightDistance;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of affine combinations of networks: lines between them, points of their hull. */
public final class ScanAction {
  private static final Kind<ScanResult> KIND =
      new Kind<>("scan", 1, ScanResult.class, result -> Optional.empty());

  private ScanAction() {}

  /**
   * The scan.
   *
   * @param spec whose data, model and evaluation count; its {@code measure.split} must have images
   * @param networks at least two of the run's model
   * @param shares theirs in each combination
   */
  public static Action<ScanResult> of(
      Workplace place, RunSpec spec, List<NamedNetwork> networks, List<List<Double>> shares) {
    Map<String, Object> matters = Combinations.matters(place, spec, networks);
    matters.put("shares", shares);
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made ->
            new ScanResult(
                "", MeasuredNetworks.promised(spec.measure().split(), shares.size()), 0.0, 0.0, ""),
        at -> make(at, spec, networks, shares));
  }

  private static ScanResult make(
      Attempt at, RunSpec spec, List<NamedNetwork> named, List<List<Double>> shares) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), named);
    List<SplitScores> scores = Combinations.scores(at, spec, networks, shares);
    double distance = WeightDistance.of(networks.get(0), networks.get(1)).euclidean();
    return new ScanResult(at.key(), scores, distance, at.seconds(), at.device());
  }
}
