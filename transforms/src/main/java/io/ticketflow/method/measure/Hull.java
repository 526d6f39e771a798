package io.ticketflow.method.measure;

import io.ticketflow.action.measure.ScanAction;
import io.ticketflow.math.KeyedRandom;
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
import java.util.stream.IntStream;

/** Losses at random points of the convex hull of a cycle's particles, evenly drawn. */
final class Hull implements Survey<ScanResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.HULL;
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    return Tasks.ofParticles(name(), group.get(0));
  }

  @Override
  public Action<ScanResult> action(Workplace place, MeasureTask task) {
    return ScanAction.of(place, Specs.of(task.getRun()), task.getNetworks(), shares(task));
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, ScanResult result) {
    return new LandscapeRows(task).hull(shares(task), result);
  }

  @Override
  public Cost cost(MeasureTask task, ScanResult result) {
    return Scans.cost(result);
  }

  /** Point by point, so that more points leave those before where they are. */
  private static List<List<Double>> shares(MeasureTask task) {
    RunSpec spec = Specs.of(task.getRun());
    int cycle = task.getTicket().getCycle();
    return IntStream.range(0, spec.measure().hullPoints())
        .mapToObj(
            point ->
                Shares.inHull(
                    KeyedRandom.of(spec.seed(), "hull", cycle, point), task.getNetworks().size()))
        .toList();
  }
}
