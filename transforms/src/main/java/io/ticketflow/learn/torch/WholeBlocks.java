package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over channels that fill whole blocks of the processor's kernels.
 *
 * <p>oneDNN 3.7.1 computes in blocks of 8 or 16 channels. Where channels do not fill a block, it
 * has to write zeros beside them, and on some processors (seen on a Zen 5 with AVX-512) it leaves
 * what the memory held before: of 2,310 shapes tried there with channels one after another, 962
 * gave a wrong result or a wrong gradient. So channels of zeros are appended here, which is what
 * oneDNN ought to do, and their results cut off.
 */
final class WholeBlocks {
  private static final Shape ONE = new Shape(1, 1);

  private WholeBlocks() {}

  /**
   * As {@link JniUtils#convolution}, with neither dilation nor groups.
   *
   * @param inputs channels of a block of what is read
   * @param block channels of a block of results
   */
  // The engine takes null for "no bias", which its signature does not say.
  @SuppressWarnings("NullAway")
  static PtNDArray convolve(
      PtNDArray x,
      PtNDArray weight,
      @Nullable PtNDArray bias,
      Shape stride,
      Shape padding,
      int inputs,
      int block) {
    long in = missing(x.getShape().get(1), inputs);
    long features = weight.getShape().get(0);
    long out = missing(features, block);
    if (in == 0 && out == 0) {
      return JniUtils.convolution(x, weight, bias, stride, padding, ONE, 1);
    }
    try (PtNDArray images = padded(x, 0, 0, 0, 0, 0, in);
        PtNDArray kernels = padded(weight, 0, 0, 0, 0, 0, in, 0, out);
        PtNDArray terms = bias == null ? null : padded(bias, 0, out);
        PtNDArray all = JniUtils.convolution(images, kernels, terms, stride, padding, ONE, 1)) {
      return JniUtils.slice(all, 1, 0, features, 1);
    }
  }

  private static long missing(long channels, int block) {
    return (block - channels % block) % block;
  }

  /** With zeros after a dimension's numbers; the last dimension's pair of counts comes first. */
  private static PtNDArray padded(PtNDArray array, long... counts) {
    return JniUtils.pad(array, counts, 0);
  }
}
