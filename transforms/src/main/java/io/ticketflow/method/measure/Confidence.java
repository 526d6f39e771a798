package io.ticketflow.method.measure;

import io.ticketflow.action.measure.CalibrationAction;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.CalibrationResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the probabilities of a cycle's solution are to be believed; where it is an average, those
 * of its first particle and of the particles' ensemble too.
 */
final class Confidence implements Survey<CalibrationResult> {
  @Override
  public MeasureSpec.Name name() {
    return MeasureSpec.Name.CALIBRATION;
  }

  @Override
  public List<MeasureTask> tasks(List<MergedRecord> group) {
    MergedRecord solution = group.get(0);
    List<List<NamedNetwork>> subjects = new ArrayList<>();
    subjects.add(List.of(Line.solution(solution)));
    List<NamedNetwork> particles = Line.particles(solution);
    if (particles.size() > 1) {
      subjects.add(List.of(particles.get(0)));
      subjects.add(particles);
    }
    return subjects.stream().map(networks -> Tasks.of(name(), solution, networks)).toList();
  }

  @Override
  public Action<CalibrationResult> action(Workplace place, MeasureTask task) {
    return CalibrationAction.of(place, Specs.of(task.getRun()), task.getNetworks());
  }

  @Override
  public List<MetricRow> rows(MeasureTask task, CalibrationResult result) {
    return new MeasureRows(task).calibration(result);
  }

  @Override
  public Cost cost(MeasureTask task, CalibrationResult result) {
    return new Cost(
        result.getAction(),
        result.getImages() * task.getNetworks().size(),
        result.getSeconds(),
        result.getDevice());
  }
}
