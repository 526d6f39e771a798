package io.ticketflow.method.measure;

import io.ticketflow.action.measure.UnitsAction;
import io.ticketflow.result.MaskRows;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.UnitsResult;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;

/**
 * What a solution's mask leaves to compute and to keep, and which units it leaves without input.
 */
final class Units implements Survey<UnitsResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.UNITS;
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    MergedRecord solution = group.get(0);
    return List.of(Tasks.of(name(), solution, List.of(Line.solution(solution))));
  }

  @Override
  public Action<UnitsResult> action(Workplace place, MeasureTask task) {
    return UnitsAction.of(Specs.of(task.getRun()), task.getNetworks().get(0).getWeights());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, UnitsResult result) {
    return new MaskRows(task).units(result);
  }

  @Override
  public Cost cost(MeasureTask task, UnitsResult result) {
    return new Cost(result.getAction(), 0, result.getSeconds(), result.getDevice());
  }
}
