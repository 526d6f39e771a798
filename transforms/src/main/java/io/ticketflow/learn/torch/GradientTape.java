package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.TensorSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The gradient of a network's prunable entries, or of all, without a step after it. For one thread;
 * close it there. Beside the network there is one array of its size and what one pass needs.
 */
final class GradientTape implements AutoCloseable {
  // Whether or not a pass normalises by the batch: running statistics stay what they are.
  private static final OptionalDouble NO_MOMENTUM = OptionalDouble.of(0);

  private final TorchNetwork network;
  private final PtNDArray weights;

  GradientTape(ModelGraph graph, TensorSet tensors, DataType precision, Device device) {
    network = new TorchNetwork(graph, tensors, device, NO_MOMENTUM, precision);
    weights = network.prunable(network.flat());
    JniUtils.attachGradient(network.flat(), true);
  }

  TorchNetwork network() {
    return network;
  }

  /** The prunable entries, which may be changed in place. */
  PtNDArray weights() {
    return weights;
  }

  /** A number in the network's precision. */
  PtNDArray scalar(PtNDManager manager, double value) {
    return HostMemory.scalar(manager, value, network.precision());
  }

  /**
   * Adds the gradient of a value to those since the last {@link #take}.
   *
   * @param factor of the gradient
   * @param value a scalar made of the network's output
   * @return the value, without the factor
   */
  double add(double factor, Function<PtNDManager, PtNDArray> value) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the gradient was interrupted");
    }
    try (PtNDManager pass = network.newManager()) {
      JniUtils.setGradMode(true);
      try {
        PtNDArray scalar = value.apply(pass);
        JniUtils.backward(scalar, scalar(pass, factor), false, false);
        return network.precision() == DataType.FLOAT64
            ? scalar.toDoubleArray()[0]
            : scalar.toFloatArray()[0];
      } finally {
        JniUtils.setGradMode(false);
      }
    }
  }

  /**
   * The sum of the gradients added, of the prunable entries; the next sum begins at 0.
   *
   * @param owner of the array
   */
  PtNDArray take(PtNDManager owner) {
    try (PtNDArray all = JniUtils.getGradient(network.flat());
        PtNDArray prunable = network.prunable(all)) {
      PtNDArray copy = JniUtils.clone(prunable);
      copy.attach(owner);
      JniUtils.zeroGrad(network.flat());
      return copy;
    }
  }

  /** Likewise of all trained entries. */
  float[] takeAll() {
    try (PtNDArray all = JniUtils.getGradient(network.flat())) {
      float[] values = all.toFloatArray();
      JniUtils.zeroGrad(network.flat());
      return values;
    }
  }

  /** The tensors of these names, rounded to floats, from an array of all prunable entries. */
  TensorSet read(PtNDArray array, Set<String> names) {
    try (PtNDArray floats = JniUtils.to(array, DataType.FLOAT32, array.getManager().getDevice())) {
      return network.layout().prunable(floats.toFloatArray(), names);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
