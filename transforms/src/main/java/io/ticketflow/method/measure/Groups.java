package io.ticketflow.method.measure;

import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Specs;
import java.util.List;

/** Which solutions are looked at together. */
final class Groups {
  private Groups() {}

  /** Each by itself. */
  static String cycle(MergedRecord solution) {
    return solution.getRun().getRun() + "/" + solution.getTicket().getCycle();
  }

  /** All of a run. */
  static String run(MergedRecord solution) {
    return solution.getRun().getRun();
  }

  /** All of one seed, variant, model, data and density. */
  static String comparable(MergedRecord solution) {
    RunSpec spec = Specs.of(solution.getRun());
    return CanonicalJson.digest(
        List.of(
            spec.seed(),
            solution.getRun().getVariant(),
            spec.data().withoutLocation(),
            spec.model().withoutLocation(),
            solution.getTicket().getKept()));
  }
}
