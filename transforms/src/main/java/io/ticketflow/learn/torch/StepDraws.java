package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.math.KeyedRandom;
import java.util.Arrays;

/**
 * What is drawn for one step: what dropout sets to 0, and how BatchNorm is interpolated. The draw
 * of dropout for a number follows from the step's key, the layer, the image's index and the
 * number's place in the image: not from where the image lies in the batch, and not from what
 * computes it.
 *
 * @param key of the step
 * @param images indices of the batch's images, in order
 * @param alpha as {@link Engine.Batch} has it
 */
record StepDraws(long key, int[] images, float alpha) {
  /** Of a batch. */
  static StepDraws of(Engine.Batch batch) {
    return new StepDraws(
        batch.dropout(),
        Arrays.copyOfRange(batch.order(), batch.from(), batch.to()),
        batch.alpha());
  }

  /**
   * What a tensor of BatchNorm is in this step, an array of the same manager.
   *
   * @param start what it began at, 0 or 1
   */
  PtNDArray interpolate(PtNDArray x, float start) {
    try (PtNDArray share = HostMemory.scalar(x.getManager(), 1 - alpha);
        PtNDArray own = JniUtils.mul(x, share);
        PtNDArray other = HostMemory.scalar(x.getManager(), alpha * start)) {
      return JniUtils.add(own, other);
    }
  }

  /**
   * A layer's output after dropout, an array of the same manager.
   *
   * @param layer its node's name
   * @param share of the numbers that are set to 0, in (0, 1)
   */
  PtNDArray apply(String layer, double share, PtNDArray x) {
    try (PtNDArray factors =
            HostMemory.array(
                x.getManager(),
                factors(layer, share, (int) x.size() / images.length),
                x.getShape());
        PtNDArray same = JniUtils.to(factors, x.getDataType(), x.getDevice())) {
      return JniUtils.mul(x, same);
    }
  }

  /** 0 for what is dropped, 1 / (1 − share) elsewhere, image by image. */
  float[] factors(String layer, double share, int imageSize) {
    long ofLayer = KeyedRandom.of(key, layer).nextLong();
    // of 2^53 draws, as many as the share
    long below = (long) (share * 0x1p53);
    float kept = (float) (1 / (1 - share));
    float[] factors = new float[images.length * imageSize];
    for (int i = 0; i < factors.length; i++) {
      long place = (long) images[i / imageSize] * imageSize + i % imageSize;
      factors[i] = KeyedRandom.at(ofLayer, place) >>> 11 < below ? 0 : kept;
    }
    return factors;
  }
}
