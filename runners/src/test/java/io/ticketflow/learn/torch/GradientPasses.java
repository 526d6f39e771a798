package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;

/**
 * The passes that Hessian products are made of, alone, for a bench. It stands in this package since
 * gradients are not public.
 */
public final class GradientPasses {
  private GradientPasses() {}

  /** Takes the gradient over a sample several times. */
  public static void take(
      ModelGraph graph, TensorSet network, DataSplits data, ImageSample sample, int times) {
    try (LossGradient gradient =
        LossGradient.measuring(graph, network, Masks.NONE, data, sample, Device.cpu())) {
      for (int i = 0; i < times; i++) {
        try (PtNDManager manager = gradient.tape().network().newManager()) {
          gradient.sum(manager);
        }
      }
    }
  }
}
