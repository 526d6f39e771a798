package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;

/** {@link Calculator.Flow} by libtorch. */
final class SynapticFlow implements Calculator.Flow {
  private final GradientTape tape;
  private final Shape input;

  /** The flow of a network, nothing pruned yet. */
  SynapticFlow(ModelGraph graph, TensorSet network, Device device) {
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

  @Override
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
