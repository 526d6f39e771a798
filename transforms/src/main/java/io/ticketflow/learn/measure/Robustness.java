package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.MeasureSpec;
import java.util.ArrayList;
import java.util.List;

/** The scores of networks on images that they were not made for. */
public final class Robustness {
  private Robustness() {}

  /**
   * One entry a network, in order. BatchNorm's statistics are taken as they are: clean images'.
   *
   * @param corrupted images, in place of the test split's; normalised as these are
   * @param labelSmoothing of the loss, in [0, 1)
   * @throws ArithmeticException if a network's output is not finite
   */
  public static List<SplitScores> of(
      ModelGraph graph,
      List<TensorSet> networks,
      Images corrupted,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    DataSplits instead =
        new DataSplits(data.train(), data.validation(), corrupted, data.mean(), data.std());
    List<SplitScores> scores = new ArrayList<>();
    for (TensorSet network : networks) {
      scores.add(
          Evaluation.on(
              MeasureSpec.Split.TEST,
              graph,
              network,
              instead,
              labelSmoothing,
              evaluation,
              calculator));
    }
    return scores;
  }
}
