package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.KernelChoice;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.flow.PlainFlow;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.learn.train.StatisticsMean;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain Java on this machine's processor.
 *
 * @param threads of one training or measurement; no bit depends on them
 */
public record VectorCalculator(int threads) implements Calculator {
  /** A batch's statistics replace the running ones, so that they can be read off. */
  private static final double REPLACE = 1;

  private static final Logger LOG = LoggerFactory.getLogger(VectorCalculator.class);

  static {
    if (!KernelChoice.hasVectors()) {
      LOG.warn(
          "Engine java computes without vectors, to the same bits but slowly: start the JVM with"
              + " --add-modules jdk.incubator.vector.");
    }
  }

  /** Whether there are kernels for a layer. */
  public static boolean computes(Layer layer) {
    return !(layer instanceof Layer.Gelu
        || layer instanceof Layer.Scale
        || layer instanceof Layer.Dropout
        || layer instanceof Layer.Script);
  }

  @Override
  public Trainer trainer() {
    return new VectorTrainer(threads);
  }

  @Override
  public Logits logits(ModelGraph graph, Iterable<TensorSet> members) {
    List<TensorSet> networks = new ArrayList<>();
    members.forEach(networks::add);
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("there are no logits of no networks");
    }
    return new Pass(crew(), graph, networks);
  }

  private Crew crew() {
    return new Crew(KernelChoice.best(), threads);
  }

  private record Pass(Crew crew, ModelGraph graph, List<TensorSet> members) implements Logits {
    @Override
    public void over(Images images, DataSplits data, int batchSize, Reader reader) {
      graph.requireReadable(images);
      Batches batches = graph.measured(images, batchSize);
      int[] order = IntStream.range(0, images.count()).toArray();
      List<VectorLogits> passes = new ArrayList<>();
      for (TensorSet member : members) {
        passes.add(VectorLogits.of(crew, graph, member, images, data, batches));
      }
      for (int i = 0; i < batches.count(); i++) {
        List<float[]> logits = new ArrayList<>();
        for (VectorLogits pass : passes) {
          logits.add(pass.of(order, i));
        }
        reader.read(logits, batches.from(i), batches.to(i));
      }
    }

    @Override
    public void close() {
      crew.close();
    }
  }

  @Override
  public TensorSet statistics(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int batchSize,
      int batches) {
    FlatLayout layout = FlatLayout.of(graph);
    if (layout.buffers().isEmpty()) {
      return network;
    }
    graph.requireReadable(images);
    int[] order = IntStream.range(0, images.count()).toArray();
    Batches all = new Batches(order.length, batchSize, graph.smallestBatch());
    int read = batches == 0 ? all.count() : Math.min(batches, all.count());
    RunningStatistics statistics = new RunningStatistics(layout, network);
    KeptWeights kept = KeptWeights.nonZero(layout, network);
    float[] weights = kept.compress(layout.flatten(network));
    StatisticsMean mean = new StatisticsMean();
    try (Crew crew = crew()) {
      VectorNetwork pass =
          new VectorNetwork(crew, graph, kept, statistics, REPLACE, all.largest(), false);
      VectorFeed feed = new VectorFeed(crew, images, data.mean(), data.std(), pass.input());
      for (int i = 0; i < read; i++) {
        feed.load(order, all.from(i), all.to(i), Optional.empty());
        pass.forward(weights, all.to(i) - all.from(i), true);
        mean.add(statistics.copies(), all.to(i) - all.from(i));
      }
    }
    return mean.in(network);
  }

  @Override
  public TensorSet gradient(
      ModelGraph graph, TensorSet network, Masks masks, DataSplits data, ImageSample sample) {
    try (Crew crew = crew()) {
      return VectorGradient.of(crew, graph, network, masks, data, sample);
    }
  }

  @Override
  public Gradients gradients(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int largest,
      boolean byBatch) {
    Crew crew = crew();
    try {
      return new BatchGradients(crew, graph, network, images, data, largest, byBatch);
    } catch (RuntimeException e) {
      crew.close();
      throw e;
    }
  }

  @Override
  public Flow flow(ModelGraph graph, TensorSet network) {
    return new PlainFlow(graph, network);
  }
}
