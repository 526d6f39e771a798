package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A convolution in the engine's native calls, by a path whose kernels are sound on every processor.
 *
 * <p>On a CPU images lie with each pixel's channels side by side ({@link ImageFeed}), and oneDNN
 * 3.7.1 has four faults there.
 *
 * <ul>
 *   <li>Where a kernel is smaller than its stride, some pixels are under no window and get a
 *       gradient of 0. These zeros are written a whole vector at a time, past the end of the array
 *       if there are fewer channels than a vector has numbers: 8 with AVX2, 16 with AVX-512 (oneDNN
 *       issue 6035 has the same in the weights' gradient). So the pixels under windows are picked
 *       out first, and the convolution runs over them with stride 1. That is the same sum; it takes
 *       less time than the direct path does where both are sound.
 *   <li>One channel lies side by side with itself, and counts as lying one after another: then see
 *       {@link WholeBlocks}.
 *   <li>With kernels of one pixel or strides, channels that fill no block are read past the array's
 *       end on the way back, which ends the process where that is the end of its memory: see it too.
 *   <li>Of more than 64 results, some that are no multiple of 32 are wrong: then see it too.
 * </ul>
 *
 * <p>The path follows from the layer alone and not from the processor, so that a network is
 * computed in the same way everywhere.
 */
final class Convolution {
  /** Channels of the largest block: floats of the widest vector. */
  private static final int BLOCK = 16;

  /** Channels of images, in which nobody asks for a gradient. */
  private static final int RGB = 3;

  /** Results up to which every number of them is sound where channels lie side by side. */
  private static final int SOUND = 64;

  /** Above it, multiples of this are. */
  private static final int MANY = 32;

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape ZERO = new Shape(0, 0);

  private Convolution() {}

  /**
   * The cross-correlation of images and weights.
   *
   * @param x N × in × H × W, on a CPU each pixel's channels side by side, as the result's are
   * @param weight out × in × kernel × kernel
   */
  static PtNDArray apply(Layer.Conv conv, PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    Shape stride = LayerForward.square(conv.stride());
    Shape padding = LayerForward.square(conv.padding());
    if (x.getDevice().isGpu()
        || x.getDataType() != DataType.FLOAT32) { // which oneDNN has no part in
      return convolve(x, weight, bias, stride, padding);
    }
    if (conv.in() == 1) {
      // read as it lies, but by kernels of one pixel
      int inputs = conv.kernel() == 1 ? BLOCK : 1;
      try (PtNDArray plain =
          WholeBlocks.convolve(x, weight, bias, stride, padding, inputs, BLOCK)) {
        return ImageFeed.channelsLast(plain);
      }
    }
    if (conv.kernel() == 1 && conv.padding() == 0 && conv.stride() > 1 && conv.in() < BLOCK) {
      // a mean over windows of one pixel picks pixels
      try (PtNDArray picked = JniUtils.avgPool(x, ONE, stride, ZERO, false, true)) {
        return WholeBlocks.convolve(picked, weight, bias, ONE, ZERO, BLOCK, BLOCK);
      }
    }
    boolean apart = conv.in() != RGB && (conv.kernel() == 1 || conv.stride() > 1);
    int results = conv.out() > SOUND ? MANY : apart ? BLOCK : 1;
    return WholeBlocks.convolve(x, weight, bias, stride, padding, apart ? BLOCK : 1, results);
  }

  // The engine takes null for "no bias", which its signature does not say.
  @SuppressWarnings("NullAway")
  private static PtNDArray convolve(
      PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias, Shape stride, Shape padding) {
    return JniUtils.convolution(x, weight, bias, stride, padding, ONE, 1);
  }
}
