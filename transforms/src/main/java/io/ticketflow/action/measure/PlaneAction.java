package io.ticketflow.action.measure;

import io.ticketflow.math.Triangle;
import io.ticketflow.network.TensorSet;
import io.ticketflow.network.WeightPlane;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.PlaneResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores along a row of a grid on the plane through three networks. */
public final class PlaneAction {
  private static final Kind<PlaneResult> KIND =
      new Kind<>("plane", 1, PlaneResult.class, result -> Optional.empty());

  private PlaneAction() {}

  /**
   * The row. Networks that lie on one line have no plane: their row has no points.
   *
   * @param spec whose data, model and evaluation count; its {@code measure.split} must have images
   * @param networks three of the run's model
   * @param row from 0, the lowest, to {@code measure.grid} − 1
   */
  public static Action<PlaneResult> of(
      Workplace place, RunSpec spec, List<NamedNetwork> networks, int row) {
    Map<String, Object> matters = Combinations.matters(place, spec, networks);
    matters.put("grid", spec.measure().grid());
    matters.put("row", row);
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made -> promised(spec, row),
        at -> make(at, spec, networks, row));
  }

  private static PlaneResult make(Attempt at, RunSpec spec, List<NamedNetwork> named, int row) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), named);
    Optional<Triangle> found =
        WeightPlane.through(networks.get(0), networks.get(1), networks.get(2));
    if (found.isEmpty()) {
      return new PlaneResult(
          at.key(), 0.0, 0.0, 0.0, 0.0, List.of(), List.of(), at.seconds(), at.device());
    }
    Triangle triangle = found.get();
    double y = triangle.rows(spec.measure().grid()).get(row);
    List<List<Double>> shares =
        triangle.columns(spec.measure().grid()).stream().map(x -> triangle.shares(x, y)).toList();
    List<SplitScores> scores = Combinations.scores(at, spec, networks, shares);
    return result(at.key(), triangle, spec, row, scores, at.seconds(), at.device());
  }

  private static PlaneResult promised(RunSpec spec, int row) {
    List<SplitScores> scores =
        MeasuredNetworks.promised(spec.measure().split(), spec.measure().grid());
    return result("", new Triangle(1, 0, 1), spec, row, scores, 0, "");
  }

  private static PlaneResult result(
      String key,
      Triangle triangle,
      RunSpec spec,
      int row,
      List<SplitScores> scores,
      double seconds,
      String device) {
    return new PlaneResult(
        key,
        triangle.secondX(),
        triangle.thirdX(),
        triangle.thirdY(),
        triangle.rows(spec.measure().grid()).get(row),
        triangle.columns(spec.measure().grid()),
        scores,
        seconds,
        device);
  }
}
