package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.HessianProducts;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.LargestEigenvalue;
import io.ticketflow.math.TraceEstimate;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.MeasureSpec;
import java.util.Arrays;

/**
 * How sharply the train loss bends at a network, in the directions of its kept weights.
 *
 * @param trace of the Hessian, with what chance leaves open
 * @param largest eigenvalue
 * @param images that the loss is the mean of
 */
public record Curvature(TraceEstimate trace, LargestEigenvalue largest, int images) {
  private static final int BATCH = 500;

  /**
   * Measures it. The same network, images and seed give the same probes whatever the mask.
   *
   * @param masks the network's
   * @param seed of the images that are drawn from the train split, and of the probes
   */
  public static Curvature of(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      MeasureSpec measure,
      long seed,
      Device device) {
    int all = data.train().count();
    int[] images =
        Arrays.copyOf(
            KeyedRandom.of(seed, "hessian", "images").permutation(all),
            Math.min(all, measure.hessianImages()));
    ImageSample sample = new ImageSample(images, Math.min(BATCH, images.length));
    try (HessianProducts hessian =
        HessianProducts.of(graph, network, masks, data, sample, device)) {
      return new Curvature(
          TraceEstimate.of(
              hessian::times,
              hessian.size(),
              hessian.kept(),
              probe -> KeyedRandom.of(seed, "hessian", "probe", probe),
              measure.probes()),
          LargestEigenvalue.of(
              hessian::times,
              hessian.size(),
              hessian.kept(),
              KeyedRandom.of(seed, "hessian", "start"),
              measure.iterations()),
          images.length);
    }
  }
}
