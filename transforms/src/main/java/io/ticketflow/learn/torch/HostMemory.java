package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays that come from the heap without a direct buffer in between: such a buffer stays until the
 * garbage collector finds it, and with a small heap that is long after its training.
 */
final class HostMemory {
  private HostMemory() {}

  /** An array of these values, on the manager's device. */
  static PtNDArray array(PtNDManager manager, float[] values, Shape shape) {
    if (manager.getDevice().isGpu()) {
      return (PtNDArray) manager.create(values, shape);
    }
    PtNDArray array = empty(manager, shape);
    view(array).asFloatBuffer().put(values);
    return array;
  }

  /** Likewise of doubles, without further axes. */
  static PtNDArray array(PtNDManager manager, double[] values) {
    Shape shape = new Shape(values.length);
    if (manager.getDevice().isGpu()) {
      return (PtNDArray) manager.create(values, shape);
    }
    PtNDArray array = manager.create(shape, DataType.FLOAT64);
    view(array).asDoubleBuffer().put(values);
    return array;
  }

  /** Overwrites an array, in place, so that its views and its gradient stay its own. */
  static void write(float[] values, PtNDArray array) {
    try (PtNDArray copy = array(array.getManager(), values, array.getShape())) {
      copy(copy, array, 0, values.length);
    }
  }

  /** Overwrites the entries {@code from … to − 1} of an array without other axes, in place. */
  static void copy(PtNDArray source, PtNDArray target, long from, long to) {
    JniUtils.indexSet(target, source, new long[] {from}, new long[] {to}, new long[] {1});
  }

  /** An array without axes, which the engine's kernels take like a constant; rounded to a float. */
  static PtNDArray scalar(PtNDManager manager, double value) {
    return scalar(manager, value, DataType.FLOAT32);
  }

  /** Likewise, rounded to that type. */
  static PtNDArray scalar(PtNDManager manager, double value, DataType type) {
    return JniUtils.full(
        manager, new Shape(), value, type, manager.getDevice(), SparseFormat.DENSE);
  }

  /** An array of values that the memory happens to hold. */
  static PtNDArray empty(PtNDManager manager, Shape shape) {
    return manager.create(shape, DataType.FLOAT32);
  }

  /** The memory of an array on the CPU itself; not to be touched once the array is closed. */
  static ByteBuffer view(PtNDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
  }
}
