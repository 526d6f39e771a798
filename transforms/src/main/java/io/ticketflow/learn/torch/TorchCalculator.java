package io.ticketflow.learn.torch;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;

/** libtorch on a device. */
public record TorchCalculator(Device device) implements Calculator {
  @Override
  public Trainer trainer() {
    return new TorchTrainer(device);
  }

  @Override
  public Logits logits(ModelGraph graph, Iterable<TensorSet> members) {
    return new LogitsPass(graph, members, device);
  }

  @Override
  public TensorSet statistics(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int batchSize,
      int batches) {
    return BatchStatistics.over(
        graph, network, images, data.mean(), data.std(), batchSize, batches, device);
  }

  @Override
  public TensorSet gradient(
      ModelGraph graph, TensorSet network, Masks masks, DataSplits data, ImageSample sample) {
    return LossGradient.gradient(graph, network, masks, data, sample, device);
  }

  @Override
  public Gradients gradients(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int largest,
      boolean byBatch) {
    return new BatchGradients(graph, network, images, data, largest, byBatch, device);
  }

  @Override
  public Flow flow(ModelGraph graph, TensorSet network) {
    return new SynapticFlow(graph, network, device);
  }
}
