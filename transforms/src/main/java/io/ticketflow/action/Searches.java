package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.util.HashMap;
import java.util.Map;

/** What searches among networks share: the judge, and what its judgement depends on. */
final class Searches {
  private Searches() {}

  /** Recalibrates and validates as the run says. */
  static ValidationSplit validator(Workplace place, RunSpec spec, Device device) {
    Networks networks = Networks.of(spec);
    return new ValidationSplit(
        networks.graph(),
        networks.data(),
        spec.training().labelSmoothing(),
        spec.evaluation(),
        place.calculator(spec, device));
  }

  /** Networks and accuracies depend on this; label smoothing is of the loss, by which none goes. */
  static Map<String, Object> matters(Workplace place, RunSpec spec) {
    Map<String, Object> matters = new HashMap<>();
    matters.put("data", spec.data().withoutLocation());
    matters.put("model", spec.model().withoutLocation());
    matters.put("recalibrationBatches", spec.evaluation().recalibrationBatches());
    matters.put("recalibrationBatch", spec.evaluation().recalibrationBatchSize());
    matters.put("evaluationBatch", spec.evaluation().batchSize());
    matters.put("platform", place.platform(spec));
    return matters;
  }
}
