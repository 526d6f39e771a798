package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A convolution in the engine's native calls, by a path whose kernels stay within their memory.
 *
 * <p>oneDNN 3.7.1 has a fault on processors with AVX2 and without AVX-512. Where a kernel is
 * smaller than its stride, some pixels are under no window and get a gradient of 0. The backward
 * kernel for images with their channels side by side writes these zeros a whole vector at a time,
 * and past the end of the array if there are fewer channels than a vector has numbers. So the
 * pixels under windows are picked out first, and the convolution runs over them with stride 1. That
 * is the same sum; it takes less time than the direct path does where both are sound.
 *
 * <p>The path follows from the layer alone and not from the processor, so that a network is
 * computed in the same way everywhere.
 */
final class Convolution {
  /** Floats of an AVX2 vector. */
  private static final int LANES = 8;

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape ZERO = new Shape(0, 0);

  private Convolution() {}

  /**
   * The cross-correlation of images and weights.
   *
   * @param x N × in × H × W
   * @param weight out × in × kernel × kernel
   * @param channelsLast whether the images of this network lie with their channels side by side
   */
  static PtNDArray apply(
      Layer.Conv conv,
      PtNDArray x,
      PtNDArray weight,
      @Nullable PtNDArray bias,
      boolean channelsLast) {
    if (channelsLast && picks(conv)) {
      Shape stride = LayerForward.square(conv.stride());
      try (PtNDArray picked = JniUtils.avgPool(x, ONE, stride, ZERO, false, true)) {
        return convolve(picked, weight, bias, ONE, ZERO);
      }
    }
    return convolve(
        x, weight, bias, LayerForward.square(conv.stride()), LayerForward.square(conv.padding()));
  }

  /** A mean over windows of one pixel picks pixels, which needs a kernel of one pixel too. */
  private static boolean picks(Layer.Conv conv) {
    return conv.kernel() == 1 && conv.padding() == 0 && conv.stride() > 1 && conv.in() < LANES;
  }

  // The engine takes null for "no bias", which its signature does not say.
  @SuppressWarnings("NullAway")
  private static PtNDArray convolve(
      PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias, Shape stride, Shape padding) {
    return JniUtils.convolution(x, weight, bias, stride, padding, ONE, 1);
  }
}
