package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.store.TensorSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The logits of a network over images, in order, with BatchNorm's running statistics. For one
 * thread; close it there.
 */
public final class LogitsPass implements AutoCloseable {
  private final TorchNetwork network;
  private final int classes;

  public LogitsPass(ModelGraph graph, TensorSet tensors, Device device) {
    // Running statistics are read only: the momentum does not matter.
    network = new TorchNetwork(graph, tensors, device, 0);
    classes = graph.classes();
  }

  /**
   * Hands over the logits batch by batch.
   *
   * @param mean of the normalisation, one a channel
   * @param std likewise
   * @param batchSize images a pass
   */
  public void over(Images images, float[] mean, float[] std, int batchSize, Reader reader) {
    int[] order = IntStream.range(0, images.count()).toArray();
    ImageFeed feed = new ImageFeed(images, mean, std, Math.min(batchSize, order.length));
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      try (PtNDManager pass = network.newManager()) {
        PtNDArray batch = feed.load(pass, order, from, to, Optional.empty());
        reader.read(network.forward(batch, false).toFloatArray(), from, to);
      }
    }
  }

  /** Logits of an image. */
  public int classes() {
    return classes;
  }

  @Override
  public void close() {
    network.close();
  }

  /** Takes the logits of the images from … to − 1, row by row. */
  @FunctionalInterface
  public interface Reader {
    void read(float[] logits, int from, int to);
  }
}
