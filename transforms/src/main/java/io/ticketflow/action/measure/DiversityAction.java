package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.measure.Diversity;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How several networks differ in what they predict, and in their weights. */
public final class DiversityAction {
  private static final Kind<DiversityResult> KIND =
      new Kind<>("diversity", 1, DiversityResult.class, result -> Optional.empty());

  private DiversityAction() {}

  /**
   * The comparison of every two of them.
   *
   * @param spec whose data and model count; its {@code measure.split} must have images
   * @param networks at least two of the run's model
   */
  public static Action<DiversityResult> of(
      Workplace place, RunSpec spec, List<NamedNetwork> networks) {
    Map<String, Object> matters = MeasuredNetworks.matters(place, spec, networks);
    matters.put("split", spec.measure().split());
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made -> new DiversityResult("", 0L, List.of(), 0.0, ""),
        at -> make(at, spec, networks));
  }

  private static DiversityResult make(Attempt at, RunSpec spec, List<NamedNetwork> named) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), named);
    return at.onDevice(
        spec.training().engine(),
        device -> {
          Networks of = Networks.of(spec);
          Images images = Evaluation.images(spec.measure().split(), of.data());
          return new DiversityResult(
              at.key(),
              (long) images.count(),
              Diversity.of(
                  of.graph(),
                  networks,
                  images,
                  of.data(),
                  spec.evaluation().batchSize(),
                  at.place().calculator(spec, device)),
              at.seconds(),
              at.device());
        });
  }
}
