package io.ticketflow.learn.pool;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.UserException;

/**
 * Recalibrates on the train split, as every network is before it is measured, and measures on the
 * validation split. The test split is never read.
 */
public final class ValidationSplit implements Validator {
  private final ModelGraph graph;
  private final DataSplits data;
  private final double labelSmoothing;
  private final EvaluationSpec evaluation;
  private final Calculator calculator;

  /**
   * A judge of networks of that graph.
   *
   * @param labelSmoothing of the loss, in [0, 1)
   * @throws UserException if there are no validation images
   */
  public ValidationSplit(
      ModelGraph graph,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    if (data.validation().count() == 0) {
      throw new UserException(
          "data.validation must be above 0 for a search among networks: it has no images to"
              + " choose by");
    }
    this.graph = graph;
    this.data = data;
    this.labelSmoothing = labelSmoothing;
    this.evaluation = evaluation;
    this.calculator = calculator;
  }

  @Override
  public Validated validate(TensorSet network) {
    TensorSet recalibrated =
        Recalibration.recalibrate(graph, network, data, evaluation, calculator);
    SplitScores scores =
        Evaluation.validate(graph, recalibrated, data, labelSmoothing, evaluation, calculator);
    return new Validated(recalibrated, scores.getAccuracy());
  }
}
