package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.Calibration;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CalibrationResult;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.ReliabilityBin;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calibration on test of a network or an ensemble, before and after temperature scaling. */
public final class CalibrationAction {
  private static final Kind<CalibrationResult> KIND =
      new Kind<>("calibration", 1, CalibrationResult.class, result -> Optional.empty());

  private CalibrationAction() {}

  /**
   * The calibration.
   *
   * @param spec its data must have a validation split
   * @param members one network, or several whose probabilities are averaged
   */
  public static Action<CalibrationResult> of(
      Workplace place, RunSpec spec, List<NamedNetwork> members) {
    Map<String, Object> matters = MeasuredNetworks.matters(place, spec, members);
    matters.put("bins", spec.evaluation().bins());
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(members),
        made -> new CalibrationResult("", 0L, 1.0, 0.0, 0.0, 0.0, 0.0, List.of(), 0.0, ""),
        at -> make(at, spec, members));
  }

  private static CalibrationResult make(Attempt at, RunSpec spec, List<NamedNetwork> members) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), members);
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Networks of = Networks.of(spec);
          Calibration found =
              Calibration.of(
                  of.graph(),
                  networks,
                  of.data(),
                  spec.evaluation().batchSize(),
                  spec.evaluation().bins(),
                  at.place().calculator(spec, device));
          return new CalibrationResult(
              at.key(),
              (long) of.data().validation().count() + of.data().test().count(),
              found.temperature(),
              found.nll(),
              found.scaledNll(),
              found.ece(),
              found.scaledEce(),
              found.reliability().stream()
                  .map(
                      bin ->
                          new ReliabilityBin(
                              bin.position(), bin.images(), bin.confidence(), bin.accuracy()))
                  .toList(),
              at.seconds(),
              at.device());
        });
  }
}
