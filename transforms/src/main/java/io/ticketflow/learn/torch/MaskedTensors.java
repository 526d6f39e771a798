package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.Map;
import java.util.Set;

/** Between networks in the heap and the prunable entries of one on a device. */
final class MaskedTensors {
  private MaskedTensors() {}

  /** The network with +0 where it is pruned. */
  static TensorSet of(TensorSet network, Map<String, Mask> masks) {
    return TensorSet.of(
        network.tensors().stream()
            .map(
                tensor -> {
                  Mask mask = masks.get(tensor.name());
                  return mask == null ? tensor : masked(tensor, mask);
                })
            .toList());
  }

  private static Tensor masked(Tensor tensor, Mask mask) {
    float[] kept = tensor.values().clone();
    mask.applyTo(kept);
    return tensor.withValues(kept);
  }

  /** The tensors of these names, rounded to floats, from an array of all prunable entries. */
  static TensorSet read(GradientTape tape, PtNDArray array, Set<String> names) {
    try (PtNDArray floats = JniUtils.to(array, DataType.FLOAT32, array.getManager().getDevice())) {
      return tape.network().layout().prunable(floats.toFloatArray(), names);
    }
  }
}
