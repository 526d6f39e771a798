package io.ticketflow.action.prune;

import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.util.Map;

/** w·(Hg), as {@link GradientScores#grasp} has it. */
final class GraspCriterion extends GradientCriterion {
  /** With any engine libtorch takes the Hessian's products. */
  @Override
  public EngineName engine(RunSpec spec) {
    return EngineName.TORCH;
  }

  @Override
  public Map<String, Object> dependsOn(Workplace place, RunSpec spec) {
    Map<String, Object> all = super.dependsOn(place, spec);
    all.put("temperature", spec.pruning().saliency().temperature());
    return all;
  }

  @Override
  TensorSet scores(GradientScores gradients, TensorSet network, Masks left) {
    return gradients.grasp(network, left);
  }
}
