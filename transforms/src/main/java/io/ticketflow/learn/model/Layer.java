package io.ticketflow.learn.model;

import static io.ticketflow.learn.model.LayerChecks.expect;
import static io.ticketflow.learn.model.LayerChecks.image;
import static io.ticketflow.learn.model.LayerChecks.positive;
import static io.ticketflow.learn.model.LayerChecks.single;
import static io.ticketflow.learn.model.ParameterSpec.weightAndBias;
import static io.ticketflow.schemas.TensorRole.BUFFER;
import static io.ticketflow.schemas.TensorRole.DENSE;
import static io.ticketflow.schemas.TensorRole.PRUNABLE;

import io.ticketflow.learn.script.ScriptFile;
import java.util.List;

/**
 * One operation of a network. Sizes are in elements; images are C × H × W without the batch.
 *
 * <p>Parameters are named after the node that holds the layer, but for a whole network's: {@code
 * NODE.weight}, {@code NODE.bias}, {@code NODE.running_mean}, {@code NODE.running_var}.
 */
public sealed interface Layer {

  /**
   * The shape that comes out.
   *
   * @throws IllegalArgumentException if a shape that goes in does not fit, without the node's name
   */
  FeatureShape outputShape(List<FeatureShape> inputs);

  /** The tensors of this layer at that node, in PyTorch's order; none by default. */
  default List<ParameterSpec> parameters(String node) {
    return List.of();
  }

  /**
   * How often each weight is multiplied for one image, padding included; 0 for layers whose work
   * does not fall with pruning.
   */
  default long usesOfEachWeight(FeatureShape output) {
    return 0;
  }

  /** 2-d cross-correlation; weight is out × in × kernel × kernel. */
  record Conv(
      int in, int out, int kernel, int stride, int padding, boolean bias, FirstWeights first)
      implements Layer {
    public Conv {
      positive(in, out);
      new Window(kernel, stride, padding);
      expect(first != FirstWeights.DIRAC || kernel % 2 == 1, "an odd kernel for Dirac", kernel);
    }

    /** Its first weights are drawn. */
    public Conv(int in, int out, int kernel, int stride, int padding, boolean bias) {
      this(in, out, kernel, stride, padding, bias, FirstWeights.DRAWN);
    }

    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      FeatureShape image = image(inputs);
      expect(image.channels() == in, in + " channels", image);
      return new Window(kernel, stride, padding).slideOver(image, out);
    }

    @Override
    public List<ParameterSpec> parameters(String node) {
      List<Long> shape = List.of((long) out, (long) in, (long) kernel, (long) kernel);
      return weightAndBias(node, first == FirstWeights.WHITENING ? BUFFER : PRUNABLE, shape, bias);
    }

    @Override
    public long usesOfEachWeight(FeatureShape output) {
      return (long) output.height() * output.width();
    }
  }

  /** Affine map; weight is out × in. */
  record Linear(int in, int out, boolean bias) implements Layer {
    public Linear {
      positive(in, out);
    }

    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      FeatureShape input = single(inputs);
      expect(!input.isImage() && input.channels() == in, in + " features in one axis", input);
      return FeatureShape.flat(out);
    }

    @Override
    public List<ParameterSpec> parameters(String node) {
      return weightAndBias(node, PRUNABLE, List.of((long) out, (long) in), bias);
    }

    @Override
    public long usesOfEachWeight(FeatureShape output) {
      return 1;
    }
  }

  /**
   * Batch normalisation over channels.
   *
   * @param momentum a batch's share in the running statistics, PyTorch's sense, in (0, 1]
   * @param scales whether its weight is trained; else it stays 1
   */
  record BatchNorm(int features, double momentum, boolean scales) implements Layer {
    /** What is added to a variance before it divides; PyTorch's default. */
    public static final double EPSILON = 1e-5;

    /** A batch's share in the running statistics; PyTorch's default. */
    public static final double MOMENTUM = 0.1;

    public BatchNorm {
      positive(features);
      expect(momentum > 0 && momentum <= 1, "a momentum above 0 and at most 1", momentum);
    }

    /** As PyTorch has it. */
    public BatchNorm(int features) {
      this(features, MOMENTUM, true);
    }

    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      FeatureShape image = image(inputs);
      expect(image.channels() == features, features + " channels", image);
      return image;
    }

    @Override
    public List<ParameterSpec> parameters(String node) {
      List<Long> shape = List.of((long) features);
      return List.of(
          new ParameterSpec(node + ".weight", scales ? DENSE : BUFFER, shape),
          new ParameterSpec(node + ".bias", DENSE, shape),
          new ParameterSpec(node + ".running_mean", BUFFER, shape),
          new ParameterSpec(node + ".running_var", BUFFER, shape));
    }
  }

  /** max(x, 0). */
  record Relu() implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return single(inputs);
    }
  }

  /** x·Φ(x), where Φ is the normal distribution's; exact, not by tanh (Hendrycks, Gimpel 2016). */
  record Gelu() implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return single(inputs);
    }
  }

  /**
   * In training a share of the numbers, drawn anew each step, is 0 and the others are divided by 1
   * less that share; in measuring all are handed on (Srivastava et al. 2014).
   */
  record Dropout(double share) implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return single(inputs);
    }
  }

  /** Every number times a constant. */
  record Scale(double factor) implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return single(inputs);
    }
  }

  /** Largest value of each window; padding counts as −∞ and is at most half the kernel. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {
    public MaxPool {
      new Window(kernel, stride, padding);
      expect(2 * padding <= kernel, "padding of at most half the kernel " + kernel, padding);
    }

    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      FeatureShape image = image(inputs);
      return new Window(kernel, stride, padding).slideOver(image, image.channels());
    }
  }

  /** Mean of each window. */
  record AvgPool(int kernel, int stride) implements Layer {
    public AvgPool {
      new Window(kernel, stride, 0);
    }

    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      FeatureShape image = image(inputs);
      return new Window(kernel, stride, 0).slideOver(image, image.channels());
    }
  }

  /** Mean over height and width: C × H × W to C. */
  record GlobalAvgPool() implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return FeatureShape.flat(image(inputs).channels());
    }
  }

  /** C × H × W to one axis. */
  record Flatten() implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      return FeatureShape.flat(single(inputs).size());
    }
  }

  /** Sum of two inputs of equal shape. */
  record Add() implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      expect(inputs.size() == 2, "two inputs", inputs.size());
      expect(inputs.get(0).equals(inputs.get(1)), "two inputs of equal shape", inputs);
      return inputs.get(0);
    }
  }

  /** A whole network from a TorchScript file: images to logits; its parameters have its names. */
  record Script(ScriptFile file, int classes) implements Layer {
    @Override
    public FeatureShape outputShape(List<FeatureShape> inputs) {
      image(inputs);
      return FeatureShape.flat(classes);
    }

    @Override
    public List<ParameterSpec> parameters(String node) {
      return file.tensors().tensors().stream()
          .map(tensor -> new ParameterSpec(tensor.name(), tensor.role(), tensor.shape()))
          .toList();
    }
  }
}
