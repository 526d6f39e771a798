package io.ticketflow.method.measure;

import io.ticketflow.action.measure.DiversityAction;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;

/** How the particles of a cycle differ. */
final class Differences implements Survey<DiversityResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.DIVERSITY;
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    return Tasks.ofParticles(name(), group.get(0));
  }

  @Override
  public Action<DiversityResult> action(Workplace place, MeasureTask task) {
    return DiversityAction.of(place, Specs.of(task.getRun()), task.getNetworks());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, DiversityResult result) {
    return new MeasureRows(task).pairs(result);
  }

  @Override
  public Cost cost(MeasureTask task, DiversityResult result) {
    return new Cost(
        result.getAction(),
        result.getImages() * task.getNetworks().size(),
        result.getSeconds(),
        result.getDevice());
  }
}
