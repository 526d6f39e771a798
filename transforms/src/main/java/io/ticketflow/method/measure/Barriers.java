package io.ticketflow.method.measure;

import io.ticketflow.action.measure.ScanAction;
import io.ticketflow.math.Shares;
import io.ticketflow.result.LandscapeRows;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.function.Function;

/**
 * Losses along lines between networks, BatchNorm recalibrated at each point.
 *
 * @param grouping which solutions are looked at together
 * @param lines between which networks
 */
record Barriers(
    MeasureSpec.Name name,
    Function<MergedRecord, String> grouping,
    Function<List<MergedRecord>, List<Line>> lines)
    implements Survey<ScanResult> {
  @Override
  public String group(MergedRecord solution) {
    return grouping.apply(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    return Tasks.ofLines(name, lines.apply(group));
  }

  @Override
  public Action<ScanResult> action(Workplace place, MeasureTask task) {
    RunSpec spec = Specs.of(task.getRun());
    List<List<Double>> shares = positions(spec).stream().map(Shares::onLine).toList();
    return ScanAction.of(place, spec, task.getNetworks(), shares);
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, ScanResult result) {
    return new LandscapeRows(task).line(positions(Specs.of(task.getRun())), result);
  }

  @Override
  public Cost cost(MeasureTask task, ScanResult result) {
    return Scans.cost(result);
  }

  private static List<Double> positions(RunSpec spec) {
    return Shares.positions(spec.measure().points(), spec.measure().beyond());
  }
}
