package io.ticketflow.learn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;

/** Single products on a device, as the engine computes them: for checks of a device. */
public final class TorchProducts {
  private static final Shape ONE = new Shape(1, 1);

  private TorchProducts() {}

  /** The product of two matrices, row-major: rows × inner times inner × columns. */
  public static float[] matrices(
      Device device, float[] left, float[] right, int rows, int inner, int columns) {
    TorchThread.prepare();
    try (NDManager manager = TorchEngine.load().newBaseManager(TorchDevices.of(device))) {
      NDArray first = manager.create(left, new Shape(rows, inner));
      NDArray second = manager.create(right, new Shape(inner, columns));
      return first.matMul(second).toFloatArray();
    }
  }

  /**
   * Images (count × in × side × side) under kernels (out × in × 3 × 3), stride 1, one pixel of
   * zeros around: count × out × side × side.
   */
  @SuppressWarnings("NullAway") // The engine takes null for "no bias".
  public static float[] convolution(
      Device device, float[] images, float[] kernels, int count, int in, int out, int side) {
    TorchThread.prepare();
    try (NDManager manager = TorchEngine.load().newBaseManager(TorchDevices.of(device))) {
      PtNDArray x = (PtNDArray) manager.create(images, new Shape(count, in, side, side));
      PtNDArray weight = (PtNDArray) manager.create(kernels, new Shape(out, in, 3, 3));
      return JniUtils.convolution(x, weight, null, ONE, ONE, ONE, 1).toFloatArray();
    }
  }
}
