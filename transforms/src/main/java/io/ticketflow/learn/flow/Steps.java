package io.ticketflow.learn.flow;

import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.Node;
import java.util.List;

/** The steps of layers. */
final class Steps {
  private Steps() {}

  /**
   * A node's.
   *
   * @param inputs what it reads
   * @throws IllegalArgumentException if the node's layer is a TorchScript file
   */
  static Step of(Node node, List<Plane> inputs, Plane out, Weights weights) {
    Plane in = inputs.get(0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      return products(
          node, in, out, weights, conv.bias(), conv.kernel(), conv.stride(), conv.padding());
    }
    if (layer instanceof Layer.Linear linear) {
      return products(node, in, out, weights, linear.bias(), 1, 1, 0);
    }
    if (layer instanceof Layer.BatchNorm) {
      return norm(node.name(), in, out, weights);
    }
    if (layer instanceof Layer.Relu) {
      return new Rectified(in, out);
    }
    if (layer instanceof Layer.Flatten || layer instanceof Layer.Dropout) {
      return new Sum(List.of(in), out);
    }
    if (layer instanceof Layer.Add) {
      return new Sum(inputs, out);
    }
    if (layer instanceof Layer.MaxPool pool) {
      return new Pool(in, out, pool.kernel(), pool.kernel(), pool.stride(), pool.padding(), true);
    }
    if (layer instanceof Layer.AvgPool pool) {
      return new Pool(in, out, pool.kernel(), pool.kernel(), pool.stride(), 0, false);
    }
    if (layer instanceof Layer.GlobalAvgPool) {
      return new Pool(in, out, in.height(), in.width(), 1, 0, false);
    }
    throw new IllegalArgumentException("engine java does not know the layer of " + node.name());
  }

  private static Step products(
      Node node,
      Plane in,
      Plane out,
      Weights weights,
      boolean bias,
      int kernel,
      int stride,
      int padding) {
    String weight = node.name() + ".weight";
    return new Products(
        in,
        out,
        weights.value(weight),
        weights.gradient(weight),
        bias ? weights.value(node.name() + ".bias") : null,
        kernel,
        stride,
        padding);
  }

  /** Where a network is not trained, BatchNorm is an affine map a channel. */
  private static Step norm(String name, Plane in, Plane out, Weights weights) {
    double[] scale = weights.value(name + ".weight");
    double[] mean = weights.value(name + ".running_mean");
    double[] variance = weights.value(name + ".running_var");
    double[] shift = weights.value(name + ".bias").clone();
    double[] factor = new double[scale.length];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = scale[i] / Math.sqrt(variance[i] + Layer.BatchNorm.EPSILON);
      shift[i] -= mean[i] * factor[i];
    }
    return new Affine(in, out, factor, shift);
  }

  /** Channel by channel {@code factor · x + shift}. */
  private record Affine(Plane in, Plane out, double[] factor, double[] shift) implements Step {
    @Override
    public void forward() {
      int area = in.height() * in.width();
      for (int i = 0; i < in.values().length; i++) {
        out.values()[i] = in.values()[i] * factor[i / area] + shift[i / area];
      }
    }

    @Override
    public void backward() {
      int area = in.height() * in.width();
      for (int i = 0; i < in.values().length; i++) {
        in.gradient()[i] += out.gradient()[i] * factor[i / area];
      }
    }
  }

  /** max(x, 0); where x is 0 no derivative comes through. */
  private record Rectified(Plane in, Plane out) implements Step {
    @Override
    public void forward() {
      for (int i = 0; i < in.values().length; i++) {
        out.values()[i] = Math.max(in.values()[i], 0);
      }
    }

    @Override
    public void backward() {
      for (int i = 0; i < in.values().length; i++) {
        in.gradient()[i] += in.values()[i] > 0 ? out.gradient()[i] : 0;
      }
    }
  }

  /** The sum of planes of as many entries; of one, the plane itself. */
  private record Sum(List<Plane> inputs, Plane out) implements Step {
    @Override
    public void forward() {
      for (Plane in : inputs) {
        for (int i = 0; i < in.values().length; i++) {
          out.values()[i] += in.values()[i];
        }
      }
    }

    @Override
    public void backward() {
      for (Plane in : inputs) {
        for (int i = 0; i < in.values().length; i++) {
          in.gradient()[i] += out.gradient()[i];
        }
      }
    }
  }
}
