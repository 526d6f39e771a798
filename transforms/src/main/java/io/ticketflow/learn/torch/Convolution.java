package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A convolution in the engine's native calls, by a path whose kernels are sound on every processor
 * that was tried. oneDNN 3.7.1 has faults on CPUs.
 *
 * <ul>
 *   <li>Where channels lie one after another (images of one channel: {@link ImageFeed}), those that
 *       fill no block are wrong on some processors: see {@link WholeBlocks}.
 *   <li>Where a pixel's channels lie side by side, and a kernel is smaller than its stride, some
 *       pixels are under no window and get a gradient of 0. These zeros are written a whole vector
 *       at a time, past the end of the array if there are fewer channels than a vector has numbers:
 *       8 with AVX2, 16 with AVX-512 (oneDNN issue 6035 has the same in the weights' gradient). So
 *       the pixels under windows are picked out first, and the convolution runs over them with
 *       stride 1. That is the same sum; it takes less time than the direct path does where both are
 *       sound.
 *   <li>There too, of more than 64 results some that are no multiple of 32 are wrong, and fewer
 *       channels than a block can be read past the array's end by kernels of one pixel and by
 *       strides.
 * </ul>
 *
 * <p>The path follows from the network alone and not from the processor, but for whole blocks:
 * these take half as long again, and only add zeros, so they are for processors that need them.
 */
final class Convolution {
  /** Channels of the largest block: floats of the widest vector. */
  static final int BLOCK = 16;

  /** Channels of images, in which nobody asks for a gradient. */
  static final int RGB = 3;

  /** Results up to which every number of them is sound where channels lie side by side. */
  private static final int SOUND = 64;

  /** Above it, multiples of this are. */
  private static final int MANY = 32;

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape ZERO = new Shape(0, 0);

  private Convolution() {}

  /** Looked at once a process, when a network first needs it. */
  private static final class BlockCheck {
    static final boolean IS_SOUND = TorchDevices.convolves();
  }

  /** Whether this processor's kernels are right where channels fill no block. */
  static boolean isSound() {
    return BlockCheck.IS_SOUND;
  }

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
    Shape stride = LayerForward.square(conv.stride());
    Shape padding = LayerForward.square(conv.padding());
    if (x.getDevice().isGpu() || x.getDataType() != DataType.FLOAT32) {
      return convolve(x, weight, bias, stride, padding); // oneDNN has no part in it
    }
    if (!channelsLast) {
      if (isSound()) {
        return convolve(x, weight, bias, stride, padding);
      }
      // an image of one channel is read as it lies, but by kernels of one pixel
      int inputs = conv.in() == 1 && conv.kernel() > 1 ? 1 : BLOCK;
      return WholeBlocks.convolve(x, weight, bias, stride, padding, inputs, BLOCK);
    }
    if (conv.kernel() == 1 && conv.padding() == 0 && conv.stride() > 1 && conv.in() < BLOCK) {
      // a mean over windows of one pixel picks pixels
      try (PtNDArray picked = JniUtils.avgPool(x, ONE, stride, ZERO, false, true)) {
        return WholeBlocks.convolve(picked, weight, bias, ONE, ZERO, BLOCK, BLOCK);
      }
    }
    boolean narrow = conv.in() != RGB && (conv.kernel() == 1 || conv.stride() > 1);
    int results = conv.out() > SOUND ? MANY : narrow ? BLOCK : 1;
    return WholeBlocks.convolve(x, weight, bias, stride, padding, narrow ? BLOCK : 1, results);
  }

  // The engine takes null for "no bias", which its signature does not say.
  @SuppressWarnings("NullAway")
  private static PtNDArray convolve(
      PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias, Shape stride, Shape padding) {
    return JniUtils.convolution(x, weight, bias, stride, padding, ONE, 1);
  }
}
