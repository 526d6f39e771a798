package io.ticketflow.learn.vector;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Engine;
import java.util.Optional;

/** The logits of a network under one mask over images, with BatchNorm's running statistics. */
final class VectorLogits {
  private final VectorNetwork network;
  private final VectorFeed feed;
  private final Batches batches;

  VectorLogits(
      ModelGraph graph,
      KeptWeights kept,
      RunningStatistics statistics,
      Images images,
      DataSplits data,
      Batches batches) {
    this.batches = batches;
    network = new VectorNetwork(graph, kept, statistics, 0, Math.max(1, batches.largest()), false);
    feed = new VectorFeed(images, data.mean(), data.std(), network.input());
  }

  /** Hands them over batch by batch. */
  void over(float[] weights, int[] order, Engine.LogitsReader reader) {
    for (int i = 0; i < batches.count(); i++) {
      int from = batches.from(i);
      int to = batches.to(i);
      feed.load(order, from, to, Optional.empty());
      network.forward(weights, to - from, false);
      reader.read(network.rows(to - from), from, to);
    }
  }
}
