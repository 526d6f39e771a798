package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each kind of layer does, in the engine's native calls. Close it after its last pass. */
final class LayerForward implements AutoCloseable {
  private static final Shape ONE = new Shape(1, 1);

  private final int imageChannels;
  private final OptionalDouble batchNormMomentum;
  private @Nullable ScriptModule script;

  /**
   * @param imageChannels of the network's images
   * @param batchNormMomentum see {@link GraphBlock}
   */
  LayerForward(int imageChannels, OptionalDouble batchNormMomentum) {
    this.imageChannels = imageChannels;
    this.batchNormMomentum = batchNormMomentum;
  }

  /**
   * A new array, which belongs to the manager of the first input; inputs stay open.
   *
   * @param draws empty = nothing is dropped
   */
  PtNDArray apply(
      Node node,
      List<PtNDArray> inputs,
      Function<String, PtNDArray> tensors,
      boolean training,
      Optional<StepDraws> draws) {
    PtNDArray x = inputs.get(0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      return Convolution.apply(
          conv,
          x,
          weight(node, tensors),
          bias(node, conv.bias(), tensors),
          ImageFeed.isChannelsLast(x.getDevice(), imageChannels));
    } else if (layer instanceof Layer.BatchNorm norm) {
      return JniUtils.batchNorm(
          x,
          tensors.apply(node.name() + ".running_mean"),
          tensors.apply(node.name() + ".running_var"),
          weight(node, tensors),
          tensors.apply(node.name() + ".bias"),
          training,
          batchNormMomentum.orElse(norm.momentum()),
          Layer.BatchNorm.EPSILON);
    } else if (layer instanceof Layer.Relu) {
      return JniUtils.relu(x);
    } else if (layer instanceof Layer.Dropout dropout) {
      return draws
          .map(drawn -> drawn.apply(node.name(), dropout.share(), x))
          .orElseGet(() -> JniUtils.clone(x));
    } else if (layer instanceof Layer.Gelu) {
      return JniUtils.gelu(x);
    } else if (layer instanceof Layer.Scale scale) {
      try (PtNDArray factor = HostMemory.scalar(x.getManager(), scale.factor(), x.getDataType())) {
        return JniUtils.mul(x, factor);
      }
    } else if (layer instanceof Layer.Add) {
      return JniUtils.add(x, inputs.get(1));
    } else if (layer instanceof Layer.Linear linear) {
      return affine(x, weight(node, tensors), bias(node, linear.bias(), tensors));
    } else if (layer instanceof Layer.MaxPool pool) {
      return JniUtils.maxPool(
          x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), false);
    } else if (layer instanceof Layer.AvgPool pool) {
      return JniUtils.avgPool(
          x, square(pool.kernel()), square(pool.stride()), square(0), false, true);
    } else if (layer instanceof Layer.GlobalAvgPool) {
      try (PtNDArray pooled = JniUtils.adaptiveAvgPool(x, ONE)) {
        return JniUtils.flatten(pooled, 1, 3);
      }
    } else if (layer instanceof Layer.Flatten) {
      return JniUtils.flatten(x, 1, x.getShape().dimension() - 1);
    }
    if (layer instanceof Layer.Script network) {
      if (script == null) {
        script = new ScriptModule(network.file(), x.getDevice());
      }
      return script.forward(
          tensors, x, training, batchNormMomentum.orElse(Layer.BatchNorm.MOMENTUM));
    }
    throw new AssertionError("no forward pass for " + layer);
  }

  @Override
  public void close() {
    if (script != null) {
      script.close();
    }
  }

  /** The log-probabilities of logits. */
  static PtNDArray logProbabilities(PtNDArray logits) {
    return JniUtils.logSoftmax(logits, 1, logits.getDataType());
  }

  // The engine takes null for "no bias", which its signature does not say.
  @SuppressWarnings("NullAway")
  private static PtNDArray affine(PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    return JniUtils.linear(x, weight, bias);
  }

  private static PtNDArray weight(Node node, Function<String, PtNDArray> tensors) {
    return tensors.apply(node.name() + ".weight");
  }

  private static @Nullable PtNDArray bias(
      Node node, boolean has, Function<String, PtNDArray> tensors) {
    return has ? tensors.apply(node.name() + ".bias") : null;
  }

  static Shape square(int side) {
    return new Shape(side, side);
  }
}
