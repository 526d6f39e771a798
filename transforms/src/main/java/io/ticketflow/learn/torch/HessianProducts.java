package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The Hessian of the cross-entropy in the kept prunable weights of a network, times vectors: the
 * mean over a sample of images, without label smoothing, BatchNorm by its running statistics, in
 * doubles, as {@link GradientDifference} says. For one thread, which closes it.
 */
public final class HessianProducts implements AutoCloseable {
  private final LossGradient gradient;
  private final PtNDManager manager;
  private final PtNDArray here;
  private final BitSet kept;
  private final int size;

  private HessianProducts(LossGradient gradient, Masks masks) {
    this.gradient = gradient;
    float[] flags = gradient.tape().network().layout().flags(masks);
    size = flags.length;
    kept = new BitSet(size);
    for (int i = 0; i < size; i++) {
      kept.set(i, flags[i] != 0);
    }
    manager = gradient.tape().network().newManager();
    here = gradient.sum(manager);
  }

  /**
   * Those of a network.
   *
   * @param masks entries that they prune are 0 and no variables
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  public static HessianProducts of(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample,
      Device device) {
    LossGradient gradient = LossGradient.measuring(graph, network, masks, data, sample, device);
    try {
      return new HessianProducts(gradient, masks);
    } catch (RuntimeException | Error e) {
      gradient.close();
      throw e;
    }
  }

  /** Entries of a vector: all prunable weights. */
  public int size() {
    return size;
  }

  /** Entries that are variables. */
  public BitSet kept() {
    return (BitSet) kept.clone();
  }

  /** The product; entries that are pruned are not looked at, and 0 in it. */
  public double[] times(double[] vector) {
    double[] direction = pruned(vector);
    if (Arrays.stream(direction).allMatch(each -> each == 0)) {
      return direction;
    }
    try (PtNDManager pass = gradient.tape().network().newManager()) {
      PtNDArray along = (PtNDArray) pass.create(direction, new Shape(size));
      GradientDifference difference =
          new GradientDifference(gradient.tape(), gradient.tape().weights(), gradient::sum);
      PtNDArray product = difference.along(along, here, pass);
      return pruned(product.toDoubleArray());
    }
  }

  private double[] pruned(double[] vector) {
    double[] masked = new double[size];
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      masked[i] = vector[i];
    }
    return masked;
  }

  @Override
  public void close() {
    manager.close();
    gradient.close();
  }
}
