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
  /** Images that pass together: more would only take memory, as no bit depends on the number. */
  private static final int TOGETHER = 128;

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
      Images read,
      DataSplits data,
      Batches batches) {
    this.batches = batches;
    this.weights = weights;
    int images = Math.max(1, Math.min(TOGETHER, batches.largest()));
    network = new VectorNetwork(crew, graph, kept, statistics, 0, images, false);
    feed = new VectorFeed(crew, read, data.mean(), data.std(), network.input());
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
    int first = batches.from(batch);
    int end = batches.to(batch);
    float[] rows = new float[(end - first) * network.logits().channels()];
    for (int from = first; from < end; from += TOGETHER) {
      int to = Math.min(end, from + TOGETHER);
      feed.load(order, from, to, Optional.empty());
      network.forward(weights, to - from, false);
      network.rows(rows, from - first, to - first);
    }
    return rows;
  }
}
