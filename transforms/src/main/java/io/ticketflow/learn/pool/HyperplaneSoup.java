package io.ticketflow.learn.pool;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.LearningRates;
import io.ticketflow.math.AdamSteps;
import io.ticketflow.math.ExactMean;
import io.ticketflow.math.Hyperplane;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.spec.ScheduleSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A soup whose shares are learned: MEHL-Soup (Li et al., "Learning Scalable Model Soup on a Single
 * GPU", ECCV 2024), a {@link Hyperplane} through the networks on which validation images show the
 * way down.
 *
 * <p>A block is a prunable tensor with the dense ones after it in the state_dict, which are its
 * bias and the normalisation behind it; what comes before the first is a block too. The loss is the
 * cross-entropy without label smoothing of unaugmented validation images, BatchNorm going by the
 * batch, as statistics of another network's say nothing. An epoch's order is a draw. Coefficients
 * begin at 0, the mean, and go down by AdamW, whose decay is 0 in the authors' runs: its rate rises
 * over a fifth of the steps and falls along a cosine. BatchNorm's running statistics are the mean's
 * and want recalibrating.
 *
 * @param batchSize images of a step
 */
public record HyperplaneSoup(
    ModelGraph graph, DataSplits data, MergingSpec how, int batchSize, Calculator calculator) {
  private static final double WARM = 0.2;

  /** The gradient of a step's loss in the weights. */
  @FunctionalInterface
  interface StepLoss {
    /** That at those weights. */
    float[] gradient(float[] weights, int epoch, int batch);
  }

  /**
   * The soup.
   *
   * @param networks at least one, of the same tensors and masks: what all of them prune stays +0
   * @param seed of the orders
   * @throws ArithmeticException if the loss is not finite
   */
  public TensorSet of(List<TensorSet> networks, long seed) {
    FlatLayout layout = FlatLayout.of(graph);
    Hyperplane plane =
        new Hyperplane(networks.stream().map(layout::flatten).toList(), blocks(layout));
    Map<ParameterSpec, float[]> statistics = new HashMap<>();
    for (ParameterSpec spec : layout.buffers()) {
      statistics.put(
          spec,
          ExactMean.of(networks.stream().map(each -> FlatLayout.valuesOf(spec, each)).toList()));
    }
    int images = data.validation().count();
    int size = Math.max(batchSize, graph.smallestBatch());
    Batches batches = new Batches(images, size, graph.smallestBatch());
    try (Calculator.Gradients gradients =
        calculator.gradients(
            graph, networks.get(0), data.validation(), data, batches.largest(), true)) {
      double[] found =
          learn(
              plane,
              how,
              batches.count(),
              (weights, epoch, batch) ->
                  gradients.at(
                      weights,
                      KeyedRandom.of(seed, "learned soup", "epoch", epoch).permutation(images),
                      batches.from(batch),
                      batches.to(batch)));
      return layout.tensors(plane.at(found), statistics);
    }
  }

  /** The coefficients after all epochs. */
  static double[] learn(Hyperplane plane, MergingSpec how, int batches, StepLoss loss) {
    double[] x = new double[plane.coefficients()];
    AdamSteps adam = new AdamSteps(x.length);
    LearningRates rates =
        new LearningRates(
            new ScheduleSpec(
                ScheduleSpec.Name.COSINE, how.learningRate(), List.of(), 1, WARM * how.epochs(), 0),
            how.epochs(),
            batches);
    for (int epoch = 0; epoch < how.epochs(); epoch++) {
      for (int batch = 0; batch < batches; batch++) {
        double[] gradient = plane.project(loss.gradient(plane.at(x), epoch, batch));
        adam.step(x, gradient, rates.at((long) epoch * batches + batch));
        for (double each : x) {
          if (!Double.isFinite(each)) {
            throw new ArithmeticException(
                "the loss of a learned soup has no finite gradient in epoch " + (epoch + 1));
          }
        }
      }
    }
    return x;
  }

  /** The block of each trained entry. */
  private static int[] blocks(FlatLayout layout) {
    Map<ParameterSpec, Integer> blocks = new HashMap<>();
    int block = 0;
    for (ParameterSpec spec : layout.all()) {
      if (spec.role() == TensorRole.PRUNABLE) {
        block += blocks.isEmpty() ? 0 : 1;
        blocks.put(spec, block);
      } else if (spec.role() == TensorRole.DENSE) {
        blocks.put(spec, block);
      }
    }
    int[] ofEntry = new int[layout.size()];
    int at = 0;
    for (ParameterSpec spec : layout.trained()) {
      int end = at + Math.toIntExact(spec.size());
      Arrays.fill(ofEntry, at, end, blocks.getOrDefault(spec, 0));
      at = end;
    }
    return ofEntry;
  }
}
