package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.AffineCombination;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.MeasureSpec;
import java.util.ArrayList;
import java.util.List;

/** The scores of networks that are affine combinations of others. */
public final class NetworkScan {
  private NetworkScan() {}

  /**
   * One entry a combination, each recalibrated before it is measured.
   *
   * @param networks of one graph
   * @param shares of the networks in each combination
   * @param split must have images
   * @param labelSmoothing of the loss, in [0, 1)
   * @throws ArithmeticException if a network's output is not finite
   */
  public static List<SplitScores> scan(
      ModelGraph graph,
      List<TensorSet> networks,
      List<List<Double>> shares,
      MeasureSpec.Split split,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    List<SplitScores> scores = new ArrayList<>();
    for (List<Double> each : shares) {
      TensorSet point =
          Recalibration.recalibrate(
              graph, combination(networks, each), data, evaluation, calculator);
      scores.add(Evaluation.on(split, graph, point, data, labelSmoothing, evaluation, calculator));
    }
    return scores;
  }

  private static TensorSet combination(List<TensorSet> networks, List<Double> shares) {
    double[] each = shares.stream().mapToDouble(Double::doubleValue).toArray();
    return networks
        .get(0)
        .map(
            tensor ->
                tensor.withValues(
                    AffineCombination.of(
                        each,
                        networks.stream()
                            .map(network -> network.get(tensor.name()))
                            .map(Tensor::values)
                            .toList())));
  }
}
