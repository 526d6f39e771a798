package io.ticketflow.method.measure;

import io.ticketflow.action.measure.PlaneAction;
import io.ticketflow.result.LandscapeRows;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.PlaneResult;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Losses on grids over planes through three networks, BatchNorm recalibrated at each point; a row
 * of a grid is a task.
 *
 * @param grouping which solutions are looked at together
 * @param corners which networks planes go through
 */
record Planes(
    MeasureSpec.Name name,
    Function<MergedRecord, String> grouping,
    Function<List<MergedRecord>, List<Corners>> corners)
    implements Survey<PlaneResult> {
  @Override
  public String group(MergedRecord solution) {
    return grouping.apply(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    return corners.apply(group).stream()
        .map(each -> Tasks.of(name, each.about(), each.networks()))
        .flatMap(task -> Tasks.inParts(task, Specs.of(task.getRun()).measure().grid()))
        .toList();
  }

  @Override
  public Action<PlaneResult> action(Workplace place, MeasureTask task) {
    return PlaneAction.of(place, Specs.of(task.getRun()), task.getNetworks(), task.getPart());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, PlaneResult result) {
    if (result.getPoints().isEmpty() && task.getPart() == 0) { // once a plane
      throw UserException.of(
          "no plane goes through %s: their weights lie on one line",
          task.getNetworks().stream().map(NamedNetwork::getName).collect(Collectors.joining(", ")));
    }
    return new LandscapeRows(task).plane(result);
  }

  @Override
  public Cost cost(MeasureTask task, PlaneResult result) {
    return new Cost(
        result.getAction(),
        Scans.images(result.getPoints()),
        result.getSeconds(),
        result.getDevice());
  }
}
