package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.CrossEntropy;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Arrays;
import java.util.Optional;

/** The loss's gradient in all trained tensors, batch by batch. */
final class BatchGradients implements Calculator.Gradients {
  private final Crew crew;
  private final VectorNetwork pass;
  private final VectorFeed feed;
  private final CrossEntropy loss;
  private final int[] labels;
  private final boolean byBatch;

  /**
   * Gradients by a crew, which it closes.
   *
   * @param network for its running statistics
   */
  BatchGradients(
      Crew crew,
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int largest,
      boolean byBatch) {
    graph.requireReadable(images);
    this.crew = crew;
    this.byBatch = byBatch;
    FlatLayout layout = FlatLayout.of(graph);
    pass =
        new VectorNetwork(
            crew,
            graph,
            new KeptWeights(layout, Masks.NONE),
            new RunningStatistics(layout, network),
            Layer.BatchNorm.MOMENTUM,
            largest,
            true);
    feed = new VectorFeed(crew, images, data.mean(), data.std(), pass.input());
    loss = new CrossEntropy(pass.logits(), 0);
    labels = new int[largest];
  }

  @Override
  public float[] at(float[] weights, int[] order, int from, int to) {
    feed.load(order, from, to, Optional.empty());
    for (int i = from; i < to; i++) {
      labels[i - from] = feed.images().labels()[order[i]];
    }
    pass.forward(weights, to - from, byBatch);
    float[] gradient = new float[weights.length];
    if (Double.isFinite(loss.of(labels, to - from))) {
      pass.backward(weights, to - from, gradient);
    } else {
      Arrays.fill(gradient, Float.NaN);
    }
    return gradient;
  }

  @Override
  public void close() {
    crew.close();
  }
}
