package io.ticketflow.runners.gpu;

import io.ticketflow.learn.train.Trainer;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;

/**
 * How much a step feels the rounding of TF32: the step again, from weights with 11 bits.
 *
 * <p>Where a rounding turns a ReLU off or on, the gradient jumps, and through many layers such
 * jumps add up. So each network has its own measure of how far a right step in TF32 may lie from
 * one in float32, and it is taken on the CPU.
 */
final class RoundedStart {
  /** The bits of a float that TF32 lacks, and half of the last one that it has. */
  private static final int CUT = 0x1fff;

  private static final int HALF = 0x1000;

  private RoundedStart() {}

  /**
   * How far the step leads from where it leads with whole weights.
   *
   * @param expected what the trainer makes of whole weights
   */
  static Deviation deviation(ZooTraining training, TensorSet expected, Trainer trainer) {
    TensorSet start = training.job().start();
    TensorSet rounded = rounded(start);
    TensorSet found = training.from(rounded).by(trainer).weights();
    return Deviation.of(
        start,
        expected,
        found.map(tensor -> moved(tensor, rounded.get(tensor.name()), start.get(tensor.name()))));
  }

  /** The network with what is multiplied rounded: not biases, nor what is BatchNorm's. */
  static TensorSet rounded(TensorSet network) {
    return network.map(RoundedStart::rounded);
  }

  private static Tensor rounded(Tensor tensor) {
    if (tensor.shape().size() < 2) {
      return tensor;
    }
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = round(values[i]);
    }
    return tensor.withValues(values);
  }

  /** To the nearest number of 11 bits; of two, the one away from 0. */
  private static float round(float value) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(value) + HALF) & ~CUT);
  }

  /** The way from one start, gone from another. */
  private static Tensor moved(Tensor end, Tensor from, Tensor start) {
    float[] values = end.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = start.values()[i] + (values[i] - from.values()[i]);
    }
    return end.withValues(values);
  }
}
