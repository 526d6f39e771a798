package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.IdleKeys;
import java.util.HashMap;
import java.util.Map;

/**
 * The diagonal of a network's Fisher information: of each trained weight the mean of its squared
 * gradient, image by image (Matena and Raffel, NeurIPS 2022, section 2.2).
 *
 * <p>They take the mean over the labels that the network itself gives an image; here the image's
 * own label stands for it, the empirical information, at a pass an image. The gradient is of the
 * cross-entropy without label smoothing over unaugmented images of the train split, a {@link
 * BalancedSample}; BatchNorm goes by its running statistics, as the network is measured. Squares
 * are summed in double in the images' order, and rounded once. Running statistics themselves have
 * no gradient: theirs is 0.
 */
public final class FisherInformation {
  private FisherInformation() {}

  /** Which images are looked at, in every cycle of a run the same. */
  public static KeyedRandom draws(long seed) {
    return KeyedRandom.of(seed, "fisher", "images");
  }

  /**
   * Adds the key that asks for more images than there are.
   *
   * @param train images of the train split
   */
  public static void idle(IdleKeys keys, int images, int train) {
    keys.partly(
        images > train,
        "merging.images",
        "asks for more than the " + train + " images of the train split");
  }

  /**
   * That of a network, in its tensors' shapes.
   *
   * @param images how many are looked at, or all if there are fewer; at least 1
   * @param draws which ones
   */
  public static TensorSet diagonal(
      ModelGraph graph,
      TensorSet network,
      DataSplits data,
      int images,
      KeyedRandom draws,
      Calculator calculator) {
    FlatLayout layout = FlatLayout.of(graph);
    float[] weights = layout.flatten(network);
    int[] order = BalancedSample.order(data.train(), images, draws);
    double[] squares = new double[weights.length];
    try (Calculator.Gradients gradients =
        calculator.gradients(graph, network, data.train(), data, 1, false)) {
      for (int image = 0; image < order.length; image++) {
        float[] gradient = gradients.at(weights, order, image, image + 1);
        for (int i = 0; i < squares.length; i++) {
          squares[i] += (double) gradient[i] * gradient[i];
        }
      }
    }
    float[] means = new float[squares.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (squares[i] / order.length);
    }
    Map<ParameterSpec, float[]> none = new HashMap<>();
    for (ParameterSpec statistic : layout.buffers()) {
      none.put(statistic, new float[Math.toIntExact(statistic.size())]);
    }
    return layout.tensors(means, none);
  }
}
