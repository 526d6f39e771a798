package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;

/**
 * How much of a network's flow R goes through each weight: |w·∂R/∂w|, where R is the sum of the
 * outputs for one image of ones and every number of the network is replaced by its absolute value
 * (Tanaka, Kunin, Yamins, Ganguli, NeurIPS 2020, equation 2). For one thread; close it there.
 *
 * <p>As in the authors' code, every entry of the state_dict is made positive: BatchNorm's weights
 * and biases, and its running means, which are then subtracted. Right after initialisation the
 * running statistics are 0 and 1 and do nothing; after training they bend the flow a little. R
 * grows like the product of the layers' fan-ins and leaves the range of floats, so all is in
 * doubles; scores come as shares of R, in floats. The shares of a layer that all flow goes through
 * sum to 1, less what biases before it or BatchNorm's shifts behind it give or take.
 */
public final class SynapticFlow implements AutoCloseable {
  private final GradientTape tape;
  private final Shape input;

  /** The flow of a network, nothing pruned yet. */
  public SynapticFlow(ModelGraph graph, TensorSet network, Device device) {
    tape = new GradientTape(graph, absolute(network), DataType.FLOAT64, device);
    input = new Shape(1, graph.channels(), graph.height(), graph.width());
  }

  private static TensorSet absolute(TensorSet network) {
    return network.map(SynapticFlow::absolute);
  }

  private static Tensor absolute(Tensor tensor) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return tensor.withValues(values);
  }

  /**
   * Stops the flow through entries for good, and tells the shares of the others.
   *
   * @param masks what an earlier call has pruned stays pruned
   * @return the share of each entry of these tensors, at least 0, 0 where pruned; 0 everywhere if
   *     nothing flows
   */
  public TensorSet through(Masks masks) {
    tape.network().layout().mask(masks).ifPresent(this::block);
    double flow =
        tape.add(
            1,
            pass -> {
              PtNDArray ones = (PtNDArray) pass.ones(input, DataType.FLOAT64);
              return JniUtils.sum(tape.network().forward(ones, false));
            });
    try (PtNDManager manager = tape.network().newManager()) {
      PtNDArray gradient = tape.take(manager);
      JniUtils.muli(gradient, tape.weights());
      PtNDArray shares = JniUtils.abs(gradient);
      if (flow != 0) {
        JniUtils.muli(shares, tape.scalar(manager, 1 / Math.abs(flow)));
      }
      return tape.read(shares, masks.tensors());
    }
  }

  private void block(float[] kept) {
    try (PtNDArray mask = tape.network().onDevice(kept)) {
      JniUtils.muli(tape.weights(), mask);
    }
  }

  @Override
  public void close() {
    tape.close();
  }
}
