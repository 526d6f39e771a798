package io.ticketflow.method.measure;

import io.ticketflow.action.measure.CorruptionAction;
import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.result.CorruptionRows;
import io.ticketflow.schemas.CorruptionResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;

/**
 * How well solutions, and a first particle where they are averages, do on corrupted test images. A
 * corruption at a severity is a task over all cycles of a run: to corrupt the images takes longer
 * than a small network's pass over them.
 */
final class Corruptions implements Survey<CorruptionResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.CORRUPTIONS;
  }

  @Override
  public String group(MergedRecord solution) {
    return Groups.run(solution);
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    List<NamedNetwork> networks = new ArrayList<>();
    for (MergedRecord solution : group) {
      List<NamedNetwork> particles = Line.particles(solution);
      networks.add(ofCycle(Line.solution(solution), solution));
      if (particles.size() > 1) {
        networks.add(ofCycle(particles.get(0), solution));
      }
    }
    MeasureTask task = Tasks.of(name(), group.get(0), networks);
    MeasureSpec spec = Specs.of(task.getRun()).measure();
    int kinds = Corruption.named(spec.corruptions()).size();
    return Tasks.inParts(task, kinds * spec.severities().size()).toList();
  }

  private static NamedNetwork ofCycle(NamedNetwork network, MergedRecord solution) {
    return NamedNetwork.newBuilder(network).setTicket(solution.getTicket()).build();
  }

  @Override
  public Action<CorruptionResult> action(Workplace place, MeasureTask task) {
    RunSpec spec = Specs.of(task.getRun());
    return CorruptionAction.of(
        place, spec, task.getNetworks(), corruption(task, spec), severity(task, spec));
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, CorruptionResult result) {
    RunSpec spec = Specs.of(task.getRun());
    return new CorruptionRows(task)
        .of(
            corruption(task, spec),
            severity(task, spec),
            spec.measure().isPublished() ? "published" : "generated",
            result);
  }

  @Override
  public Cost cost(MeasureTask task, CorruptionResult result) {
    return new Cost(
        result.getAction(),
        Scans.images(result.getScores()),
        result.getSeconds(),
        result.getDevice());
  }

  private static Corruption corruption(MeasureTask task, RunSpec spec) {
    int place = task.getPart() / spec.measure().severities().size();
    return Corruption.named(spec.measure().corruptions()).get(place);
  }

  private static int severity(MeasureTask task, RunSpec spec) {
    List<Integer> severities = spec.measure().severities();
    return severities.get(task.getPart() % severities.size());
  }
}
