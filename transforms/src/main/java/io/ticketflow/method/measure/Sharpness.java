package io.ticketflow.method.measure;

import io.ticketflow.action.measure.HessianAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.HessianPartResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MeasuredPart;
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
final class Sharpness implements Survey<HessianPartResult> {
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
    int parts = HessianAction.parts(Specs.of(solution.getRun()).measure());
    return networks.stream()
        .flatMap(network -> Tasks.inParts(Tasks.of(name(), solution, List.of(network)), parts))
        .toList();
  }

  @Override
  public Action<HessianPartResult> action(Workplace place, MeasureTask task) {
    ArtifactRef weights = task.getNetworks().get(0).getWeights();
    return HessianAction.of(place, Specs.of(task.getRun()), weights, task.getPart());
  }

  /** A part alone has none. */
  @Override
  public List<MetricRow> rows(MeasureTask task, HessianPartResult result) {
    return List.of();
  }

  @Override
  public void tell(MeasureTask task, HessianPartResult result, Yield<MeasuredPart> out) {
    out.element(new MeasuredPart(task, result));
  }

  @Override
  public List<MetricRow> rows(List<MeasuredPart> parts) {
    MeasureTask task = parts.get(0).getTask();
    List<HessianPartResult> results = parts.stream().map(MeasuredPart::getOutcome).toList();
    boolean isWhole =
        parts.size() == HessianAction.parts(Specs.of(task.getRun()).measure())
            && results.stream().allMatch(result -> result.getImages() > 0); // not promised only
    return isWhole ? List.of(new MeasureRows(task).curvature(results)) : List.of();
  }

  @Override
  public Cost cost(MeasureTask task, HessianPartResult result) {
    return new Cost(
        result.getAction(), result.getPassed(), result.getSeconds(), result.getDevice());
  }
}
