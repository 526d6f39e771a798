package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.TensorSet;
import java.util.Optional;

/** The logits of a network over batches of images, with BatchNorm's running statistics. */
final class VectorLogits {
  private final VectorNetwork network;
  private final VectorFeed feed;
  private final Batches batches;
  private final float[] weights;

  VectorLogits(
      Crew crew,
      ModelGraph graph,
      KeptWeights kept,
      float[] weights,
      RunningStatistics statistics,
      Images images,
      DataSplits data,
      Batches batches) {
    this.batches = batches;
    this.weights = weights;
    network =
        new VectorNetwork(crew, graph, kept, statistics, 0, Math.max(1, batches.largest()), false);
    feed = new VectorFeed(crew, images, data.mean(), data.std(), network.input());
  }

  /** Those of a network, of which weights that are 0 cost nothing. */
  static VectorLogits of(
      Crew crew,
      ModelGraph graph,
      TensorSet tensors,
      Images images,
      DataSplits data,
      Batches batches) {
    FlatLayout layout = FlatLayout.of(graph);
    KeptWeights kept = KeptWeights.nonZero(layout, tensors);
    float[] weights = kept.compress(layout.flatten(tensors));
    RunningStatistics statistics = new RunningStatistics(layout, tensors);
    return new VectorLogits(crew, graph, kept, weights, statistics, images, data, batches);
  }

  /** The logits of a batch, image by image. */
  float[] of(int[] order, int batch) {
    int from = batches.from(batch);
    int to = batches.to(batch);
    feed.load(order, from, to, Optional.empty());
    network.forward(weights, to - from, false);
    return network.rows(to - from);
  }
}
