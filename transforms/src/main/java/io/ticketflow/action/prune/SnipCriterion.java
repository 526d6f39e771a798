package io.ticketflow.action.prune;

import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;

/** |g·w|, as {@link GradientScores#snip} has it. */
final class SnipCriterion extends GradientCriterion {
  @Override
  TensorSet scores(GradientScores gradients, TensorSet network, Masks left) {
    return gradients.snip(network, left);
  }
}
