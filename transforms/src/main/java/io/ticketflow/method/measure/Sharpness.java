package io.ticketflow.method.measure;

import io.ticketflow.action.measure.HessianAction;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.HessianResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;

/**
 * How sharply the loss bends at a cycle's solution, and at its first particle where it is the
 * average of several.
 */
final class Sharpness implements Survey<HessianResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.HESSIAN;
  }

  @Override
  public EngineName engine(RunSpec spec) {
    return HessianAction.ENGINE;
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    MergedRecord solution = group.get(0);
    List<NamedNetwork> networks = new ArrayList<>();
    networks.add(Line.solution(solution));
    List<NamedNetwork> particles = Line.particles(solution);
    if (particles.size() > 1) {
      networks.add(particles.get(0));
    }
    return networks.stream().map(network -> Tasks.of(name(), solution, List.of(network))).toList();
  }

  @Override
  public Action<HessianResult> action(Workplace place, MeasureTask task) {
    return HessianAction.of(place, Specs.of(task.getRun()), task.getNetworks().get(0).getWeights());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, HessianResult result) {
    return List.of(new MeasureRows(task).curvature(result));
  }

  @Override
  public Cost cost(MeasureTask task, HessianResult result) {
    return new Cost(
        result.getAction(), result.getPassed(), result.getSeconds(), result.getDevice());
  }
}
