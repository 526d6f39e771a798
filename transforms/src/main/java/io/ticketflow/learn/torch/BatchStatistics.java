package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.StatisticsMean;
import io.ticketflow.network.TensorSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** BatchNorm's statistics over images, from batches that are each normalised by themselves. */
public final class BatchStatistics {
  /** A batch's statistics replace the running ones, so that they can be read off. */
  private static final OptionalDouble REPLACE = OptionalDouble.of(1);

  private BatchStatistics() {}

  /**
   * The network with Σ n_b·stat_b / Σ n_b as its statistics, where batch b has n_b images, mean and
   * unbiased variance stat_b; summed in doubles, rounded once. Nothing else changes, and neither
   * does a network without BatchNorm.
   *
   * @param batches how many batches are read, from the first image on; 0 = all
   */
  public static TensorSet over(
      ModelGraph graph,
      TensorSet tensors,
      Images images,
      float[] mean,
      float[] std,
      int batchSize,
      int batches,
      Device device) {
    FlatLayout layout = FlatLayout.of(graph);
    if (layout.buffers().isEmpty()) {
      return tensors;
    }
    graph.requireReadable(images);
    int[] order = IntStream.range(0, images.count()).toArray();
    Batches all = new Batches(order.length, batchSize, graph.smallestBatch());
    int read = batches == 0 ? all.count() : Math.min(batches, all.count());
    StatisticsMean statistics = new StatisticsMean();
    try (TorchNetwork network = new TorchNetwork(graph, tensors, device, REPLACE);
        ImageFeed feed = new ImageFeed(images, mean, std, all.largest())) {
      for (int i = 0; i < read; i++) {
        int from = all.from(i);
        int to = all.to(i);
        try (PtNDManager pass = network.newManager()) {
          PtNDArray batch = feed.load(pass, order, from, to, Optional.empty());
          network.forward(batch, true);
        }
        Map<ParameterSpec, float[]> values = new HashMap<>();
        network.buffers().forEach((spec, array) -> values.put(spec, array.toFloatArray()));
        statistics.add(values, to - from);
      }
    }
    return statistics.in(tensors);
  }
}
