package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;

/**
 * The Hessian of the cross-entropy in the kept prunable weights of a network, times vectors: the
 * mean over a sample of images, without label smoothing, BatchNorm by its running statistics, in
 * doubles, as {@link GradientDifference} says. For one thread, which closes it.
 */
public final class HessianProducts implements AutoCloseable {
  private final LossGradient gradient;
  private final PtNDManager manager;
  private final PtNDArray here;
  private final GradientDifference difference;
  private final boolean[] kept;

  private HessianProducts(LossGradient gradient, Masks masks) {
    this.gradient = gradient;
    float[] flags = gradient.tape().network().layout().flags(masks);
    kept = new boolean[flags.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = flags[i] != 0;
    }
    manager = gradient.tape().network().newManager();
    here = gradient.sum(manager);
    difference = GradientDifference.of(gradient.tape(), gradient::sum);
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

  /** Which entries of a vector, that is of all prunable weights, are variables. */
  public boolean[] kept() {
    return kept.clone();
  }

  /**
   * The product, as an array of its own; entries that are pruned are 0 in it.
   *
   * @param vector entries that are pruned become 0
   */
  public double[] times(double[] vector) {
    prune(vector);
    try (PtNDManager pass = gradient.tape().network().newManager()) {
      PtNDArray along = HostMemory.array(pass, vector);
      double[] product = difference.along(along, here, pass).toDoubleArray();
      prune(product);
      return product;
    }
  }

  /**
   * The product times the vector itself, vᵀHv, at less cost.
   *
   * @param vector 0 where entries are pruned
   */
  public double form(double[] vector) {
    try (PtNDManager pass = gradient.tape().network().newManager()) {
      PtNDArray along = HostMemory.array(pass, vector);
      return difference.form(along, here, pass);
    }
  }

  private void prune(double[] vector) {
    for (int i = 0; i < kept.length; i++) {
      vector[i] = kept[i] ? vector[i] : 0;
    }
  }

  @Override
  public void close() {
    manager.close();
    gradient.close();
  }
}
