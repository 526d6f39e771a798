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
import java.util.Arrays;

/**
 * How sharply the train loss bends at a network, in the directions of its kept weights. The same
 * network, images and seed give the same probes whatever the mask. For one thread.
 */
public final class Curvature implements AutoCloseable {
  /** Images of a pass. */
  public static final int BATCH = 500;

  private final HessianProducts hessian;
  private final int images;
  private final long seed;

  private Curvature(HessianProducts hessian, int images, long seed) {
    this.hessian = hessian;
    this.images = images;
    this.seed = seed;
  }

  /**
   * Opens a network for it.
   *
   * @param masks the network's
   * @param most train images that the loss is the mean of, if there are so many
   * @param seed of the images that are drawn from the train split, and of the probes
   */
  public static Curvature at(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      int most,
      long seed,
      Device device) {
    int all = data.train().count();
    int[] images =
        Arrays.copyOf(
            KeyedRandom.of(seed, "hessian", "images").permutation(all), Math.min(all, most));
    ImageSample sample = new ImageSample(images, Math.min(BATCH, images.length));
    return new Curvature(
        HessianProducts.of(graph, network, masks, data, sample, device), images.length, seed);
  }

  /** Images that the loss is the mean of. */
  public int images() {
    return images;
  }

  /**
   * What the probes of these numbers find, for {@link TraceEstimate#of}.
   *
   * @param end number after the last
   */
  public double[] probes(int first, int end) {
    return TraceEstimate.probes(
        hessian::form,
        hessian.kept(),
        probe -> KeyedRandom.of(seed, "hessian", "probe", probe),
        first,
        end);
  }

  /**
   * The largest eigenvalue.
   *
   * @param most products, at least 1
   */
  public LargestEigenvalue largest(int most) {
    return LargestEigenvalue.of(
        hessian::times, hessian.kept(), KeyedRandom.of(seed, "hessian", "start"), most);
  }

  @Override
  public void close() {
    hessian.close();
  }
}
