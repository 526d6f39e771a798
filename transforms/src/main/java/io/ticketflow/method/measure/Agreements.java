package io.ticketflow.method.measure;

import io.ticketflow.action.measure.AgreementAction;
import io.ticketflow.result.MaskRows;
import io.ticketflow.schemas.AgreementResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.function.Function;

/**
 * What the masks and signs of two networks have in common.
 *
 * @param grouping which solutions are looked at together
 * @param pairs which networks
 */
record Agreements(
    MeasureSpec.Name name,
    Function<MergedRecord, String> grouping,
    Function<List<MergedRecord>, List<Line>> pairs)
    implements Survey<AgreementResult> {
  @Override
  public String group(MergedRecord solution) {
    return grouping.apply(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    return Tasks.ofLines(name, pairs.apply(group));
  }

  @Override
  public Action<AgreementResult> action(Workplace place, MeasureTask task) {
    return AgreementAction.of(task.getNetworks());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, AgreementResult result) {
    return new MaskRows(task).agreements(result);
  }

  @Override
  public Cost cost(MeasureTask task, AgreementResult result) {
    return new Cost(result.getAction(), 0, result.getSeconds(), result.getDevice());
  }
}
