package io.ticketflow.learn.model;

import static io.ticketflow.learn.model.FirstWeights.DIRAC;
import static java.util.stream.Collectors.toSet;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Weights before the first step.
 *
 * <p>Weights of convolutions and linear layers are drawn independently, of a distribution with mean
 * 0 that depends on fan-in, the entries of one output's weights, and on fan-out, the outputs that
 * one input goes to (k² times the output channels of a convolution of k × k):
 *
 * <ul>
 *   <li>HE: normal, variance 2 / fan-in (He, Zhang, Ren, Sun 2015, equation 10), as open_lth draws
 *       them by default.
 *   <li>GLOROT: normal, variance 2 / (fan-in + fan-out) (Glorot, Bengio 2010, equation 12), as
 *       Frankle and Carbin (2019) have it.
 *   <li>PYTORCH: uniform between ∓1 / √fan-in, biases of these layers too.
 * </ul>
 *
 * <p>Biases are 0 but for PYTORCH, BatchNorm's weight is 1 and its bias 0, running means are 0 and
 * running variances 1. (open_lth's default draws BatchNorm's weight uniformly from [0, 1].)
 *
 * <p>What else a layer begins with says its {@link FirstWeights}. Filters that whiten need images:
 * until {@link Whitening} puts them in their place they are drawn like others.
 */
public final class Initialisation {
  private Initialisation() {}

  /**
   * The tensors of {@link ModelGraph#parameters()}, in that order.
   *
   * <p>A tensor's values depend on the rule, the seed, its name and its shape alone, a bias' also
   * on its layer's fan-in: the same layer of two networks starts from the same values. Results are
   * the same on every platform. A network that brings its first weights has those.
   */
  public static TensorSet draw(ModelGraph graph, ModelSpec.Initialisation rule, long seed) {
    Optional<TensorSet> own = graph.ownWeights();
    if (own.isPresent()) {
      return own.get();
    }
    Set<String> dirac =
        graph.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.Conv conv && conv.first() == DIRAC)
            .map(node -> node.name() + ".weight")
            .collect(toSet());
    Map<String, Double> fanIns = new HashMap<>();
    for (ParameterSpec parameter : graph.parameters()) {
      if (parameter.role() == TensorRole.PRUNABLE) {
        fanIns.put(layer(parameter), rowSize(parameter));
      }
    }
    return TensorSet.of(
        graph.parameters().stream()
            .map(parameter -> draw(parameter, fanIns.get(layer(parameter)), rule, seed))
            .map(tensor -> dirac.contains(tensor.name()) ? handingOn(tensor) : tensor)
            .toList());
  }

  private static Tensor draw(
      ParameterSpec parameter, @Nullable Double fanIn, ModelSpec.Initialisation rule, long seed) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    boolean weight = parameter.shape().size() > 1;
    if (weight || (fanIn != null && rule == ModelSpec.Initialisation.PYTORCH)) {
      KeyedRandom random = KeyedRandom.of(seed, "init", parameter.name());
      double inputs = weight || fanIn == null ? rowSize(parameter) : fanIn;
      fill(values, distribution(rule, inputs, fanOut(parameter.shape()), random));
    } else {
      Arrays.fill(values, startsAtOne(parameter.name()) ? 1f : 0f);
    }
    return new Tensor(parameter.name(), parameter.role(), parameter.shape(), values);
  }

  /** A convolution's weight, out × in × k × k, whose first filters hand one channel on each. */
  private static Tensor handingOn(Tensor weight) {
    float[] values = weight.values().clone();
    int out = Math.toIntExact(weight.shape().get(0));
    int in = Math.toIntExact(weight.shape().get(1));
    int area = values.length / (out * in);
    for (int filter = 0; filter < Math.min(out, in); filter++) {
      Arrays.fill(values, filter * in * area, (filter + 1) * in * area, 0);
      values[(filter * in + filter) * area + area / 2] = 1;
    }
    return weight.withValues(values);
  }

  /** The same weight with entries of that distribution. */
  public static Tensor drawn(Tensor weight, ModelSpec.Initialisation rule, KeyedRandom random) {
    float[] values = new float[weight.values().length];
    List<Long> shape = weight.shape();
    double fanIn = (double) values.length / shape.get(0);
    fill(values, distribution(rule, fanIn, fanOut(shape), random));
    return weight.withValues(values);
  }

  private static void fill(float[] values, DoubleSupplier next) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) next.getAsDouble();
    }
  }

  private static DoubleSupplier distribution(
      ModelSpec.Initialisation rule, double fanIn, double fanOut, KeyedRandom random) {
    return switch (rule) {
      case HE -> normal(2 / fanIn, random);
      case GLOROT -> normal(2 / (fanIn + fanOut), random);
      case PYTORCH -> {
        double bound = 1 / Math.sqrt(fanIn);
        yield () -> bound * (2 * random.nextDouble() - 1);
      }
    };
  }

  private static DoubleSupplier normal(double variance, KeyedRandom random) {
    double deviation = Math.sqrt(variance);
    return () -> deviation * random.nextGaussian();
  }

  /** Of a weight, out × in × …: entries of one output. */
  private static double rowSize(ParameterSpec weight) {
    return (double) weight.size() / weight.shape().get(0);
  }

  /** Of a weight, out × in × …: outputs that one of its inputs goes to. */
  private static double fanOut(List<Long> shape) {
    double area = shape.stream().skip(2).reduce(1L, Math::multiplyExact);
    return shape.get(0) * area;
  }

  private static String layer(ParameterSpec parameter) {
    return parameter.name().substring(0, parameter.name().lastIndexOf('.'));
  }

  private static boolean startsAtOne(String name) {
    return name.endsWith(".weight") || name.endsWith(".running_var");
  }
}
