package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.NetworkScan;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;

/** Scores of affine combinations of networks, as several actions take them. */
final class Combinations {
  private Combinations() {}

  /** What they depend on beside the shares. */
  static Map<String, Object> matters(Workplace place, RunSpec spec, List<NamedNetwork> networks) {
    Map<String, Object> matters = MeasuredNetworks.scored(place, spec, networks);
    matters.put("recalibrationBatches", spec.evaluation().recalibrationBatches());
    matters.put("recalibrationBatch", spec.evaluation().recalibrationBatchSize());
    matters.put("split", spec.measure().split());
    return matters;
  }

  /** One entry a combination. */
  static List<SplitScores> scores(
      Attempt at, RunSpec spec, List<TensorSet> networks, List<List<Double>> shares) {
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Networks of = Networks.of(spec);
          return NetworkScan.scan(
              of.graph(),
              networks,
              shares,
              spec.measure().split(),
              of.data(),
              spec.training().labelSmoothing(),
              spec.evaluation(),
              at.place().calculator(spec, device));
        });
  }
}
