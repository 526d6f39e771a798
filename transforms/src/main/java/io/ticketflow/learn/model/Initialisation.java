package io.ticketflow.learn.model;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.Arrays;

/**
 * Weights before the first step.
 *
 * <p>Weights of convolutions and linear layers are normal with mean 0 and variance 2 / fan-in (He,
 * Zhang, Ren, Sun 2015), as open_lth draws them by default; biases are 0, BatchNorm's weight is 1
 * and its bias 0, running means are 0 and running variances 1. (open_lth's default draws
 * BatchNorm's weight uniformly from [0, 1].) Frankle &amp; Carbin drew LeNet from Glorot's
 * distribution, whose variance 2 / (fan-in + fan-out) is 0.72 of ours in its first layer; one rule
 * for every network was preferred to that.
 */
public final class Initialisation {
  private Initialisation() {}

  /**
   * The tensors of {@link ModelGraph#parameters()}, in that order.
   *
   * <p>A tensor's values depend on the seed, its name and its shape alone: the same layer of two
   * networks starts from the same values. Results are the same on every platform.
   */
  public static TensorSet draw(ModelGraph graph, long seed) {
    return TensorSet.of(
        graph.parameters().stream().map(parameter -> draw(parameter, seed)).toList());
  }

  private static Tensor draw(ParameterSpec parameter, long seed) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    if (parameter.role() == TensorRole.PRUNABLE) {
      KeyedRandom random = KeyedRandom.of(seed, "init", parameter.name());
      double deviation = Math.sqrt(2.0 * parameter.shape().get(0) / parameter.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
    } else {
      Arrays.fill(values, startsAtOne(parameter.name()) ? 1f : 0f);
    }
    return new Tensor(parameter.name(), parameter.role(), parameter.shape(), values);
  }

  private static boolean startsAtOne(String name) {
    return name.endsWith(".weight") || name.endsWith(".running_var");
  }
}
