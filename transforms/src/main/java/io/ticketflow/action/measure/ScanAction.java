package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.NetworkScan;
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
import java.util.Collections;
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
    Map<String, Object> matters = MeasuredNetworks.matters(place, spec, networks);
    matters.put("recalibrationBatches", spec.evaluation().recalibrationBatches());
    matters.put("recalibrationBatch", spec.evaluation().recalibrationBatchSize());
    matters.put("labelSmoothing", spec.training().labelSmoothing());
    matters.put("bins", spec.evaluation().bins());
    matters.put("split", spec.measure().split());
    matters.put("shares", shares);
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made -> new ScanResult("", promised(spec, shares.size()), 0.0, 0.0, ""),
        at -> make(at, spec, networks, shares));
  }

  private static List<SplitScores> promised(RunSpec spec, int points) {
    String split = spec.measure().split().label();
    return Collections.nCopies(points, new SplitScores(split, 0L, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
  }

  private static ScanResult make(
      Attempt at, RunSpec spec, List<NamedNetwork> named, List<List<Double>> shares) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), named);
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Networks of = Networks.of(spec);
          return new ScanResult(
              at.key(),
              NetworkScan.scan(
                  of.graph(),
                  networks,
                  shares,
                  spec.measure().split(),
                  of.data(),
                  spec.training().labelSmoothing(),
                  spec.evaluation(),
                  at.place().calculator(spec, device)),
              WeightDistance.of(networks.get(0), networks.get(1)).euclidean(),
              at.seconds(),
              at.device());
        });
  }
}
