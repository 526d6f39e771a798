package io.ticketflow.learn.torch;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Engine;
import java.util.List;

/** The logits of a network over the validation split, while the network is trained. */
final class LiveLogits implements AutoCloseable {
  private final TorchNetwork network;
  private final Batches batches;
  private final ImageFeed feed;

  LiveLogits(ModelGraph graph, TorchNetwork network, DataSplits data, int batchSize) {
    this.network = network;
    batches = graph.measured(data.validation(), batchSize);
    feed = new ImageFeed(data.validation(), data.mean(), data.std(), batches.largest());
  }

  void read(Engine.LogitsReader reader) {
    LogitsPass.over(
        List.of(network),
        feed,
        batches,
        (logits, from, to) -> reader.read(logits.get(0), from, to));
  }

  @Override
  public void close() {
    feed.close();
  }
}
