package io.ticketflow.action.prune;

import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.math.Mask;
import io.ticketflow.network.TensorSet;
import java.util.Map;

/** |g·w|, as {@link GradientScores#snip} has it. */
final class SnipCriterion extends GradientCriterion {
  @Override
  TensorSet scores(GradientScores gradients, TensorSet network, Map<String, Mask> left) {
    return gradients.snip(network, left);
  }
}
