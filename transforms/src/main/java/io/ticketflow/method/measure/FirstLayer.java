package io.ticketflow.method.measure;

import io.ticketflow.action.measure.FirstLayerAction;
import io.ticketflow.result.MaskRows;
import io.ticketflow.schemas.FirstLayerResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;

/** Which pixels the first layer of a run's last solution takes. */
final class FirstLayer implements Survey<FirstLayerResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.FIRST_LAYER;
  }

  @Override
  public String group(MergedRecord solution) {
    return Groups.run(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    MergedRecord last = group.get(group.size() - 1);
    return List.of(Tasks.of(name(), last, List.of(Line.solution(last))));
  }

  @Override
  public Action<FirstLayerResult> action(Workplace place, MeasureTask task) {
    return FirstLayerAction.of(Specs.of(task.getRun()), task.getNetworks().get(0).getWeights());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, FirstLayerResult result) {
    return new MaskRows(task).pixels(result);
  }

  @Override
  public Cost cost(MeasureTask task, FirstLayerResult result) {
    return new Cost(result.getAction(), 0, result.getSeconds(), result.getDevice());
  }
}
