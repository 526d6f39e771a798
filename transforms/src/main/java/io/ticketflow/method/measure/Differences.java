package io.ticketflow.method.measure;

import io.ticketflow.action.measure.DiversityAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Done;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;

/** How the particles of a cycle differ. */
final class Differences implements Survey<DiversityResult> {
  @Override
  public String group(MergedRecord solution) {
    return Groups.cycle(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    List<NamedNetwork> particles = Line.particles(group.get(0));
    return particles.size() < 2
        ? List.of()
        : List.of(Tasks.of(MeasureSpec.Name.DIVERSITY, group.get(0), particles));
  }

  @Override
  public Action<DiversityResult> action(Workplace place, MeasureTask task) {
    return DiversityAction.of(place, Specs.of(task.getRun()), task.getNetworks());
  }

  @Override
  public void tell(MeasureTask task, Done<DiversityResult> done, Yield<?> out) {
    MeasureRows rows = new MeasureRows(task);
    DiversityResult result = done.result();
    out.rows(rows.pairs(result));
    out.row(
        rows.costs()
            .measure(
                result.getAction(),
                done.found(),
                result.getImages() * task.getNetworks().size(),
                result.getSeconds(),
                result.getDevice()));
  }
}
