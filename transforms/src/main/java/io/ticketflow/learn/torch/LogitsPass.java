package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The logits of networks over images, in order, with BatchNorm's running statistics. For one
 * thread; close it there.
 */
public final class LogitsPass implements Calculator.Logits {
  // Running statistics are only read.
  private static final OptionalDouble NO_MOMENTUM = OptionalDouble.of(0);

  private final ModelGraph graph;
  private final List<TorchNetwork> networks = new ArrayList<>();

  /**
   * Networks of one graph, on a device.
   *
   * @param members at least one; read one after the other
   */
  public LogitsPass(ModelGraph graph, Iterable<TensorSet> members, Device device) {
    this.graph = graph;
    try {
      for (TensorSet member : members) {
        networks.add(new TorchNetwork(graph, member, device, NO_MOMENTUM));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("there are no logits of no networks");
    }
  }

  @Override
  public void over(Images images, DataSplits data, int batchSize, Calculator.Reader reader) {
    graph.requireReadable(images);
    Batches batches = graph.measured(images, batchSize);
    try (ImageFeed feed = new ImageFeed(images, data.mean(), data.std(), batches.largest())) {
      over(networks, feed, batches, reader);
    }
  }

  static void over(
      List<TorchNetwork> networks, ImageFeed feed, Batches batches, Calculator.Reader reader) {
    int[] order = IntStream.range(0, batches.images()).toArray();
    for (int i = 0; i < batches.count(); i++) {
      int from = batches.from(i);
      int to = batches.to(i);
      try (PtNDManager pass = networks.get(0).newManager()) {
        PtNDArray batch = feed.load(pass, order, from, to, Optional.empty());
        List<float[]> logits = new ArrayList<>();
        for (TorchNetwork network : networks) {
          logits.add(network.forward(batch, false).toFloatArray());
        }
        reader.read(logits, from, to);
      }
    }
  }

  @Override
  public void close() {
    networks.forEach(TorchNetwork::close);
  }
}
