package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import java.util.Optional;

/** The loss's gradient in all trained tensors, batch by batch, in floats. */
final class BatchGradients implements Calculator.Gradients {
  private final GradientTape tape;
  private final ImageFeed feed;
  private final CrossEntropy loss;
  private final boolean byBatch;

  BatchGradients(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int largest,
      boolean byBatch,
      Device device) {
    graph.requireReadable(images);
    this.byBatch = byBatch;
    loss = new CrossEntropy(graph.classes(), 0);
    tape = new GradientTape(graph, network, DataType.FLOAT32, device);
    feed = new ImageFeed(images, data.mean(), data.std(), largest);
  }

  @Override
  public float[] at(float[] weights, int[] order, int from, int to) {
    HostMemory.write(weights, tape.network().flat());
    tape.add(1, pass -> loss(pass, order, from, to));
    return tape.takeAll();
  }

  private PtNDArray loss(PtNDManager pass, int[] order, int from, int to) {
    PtNDArray batch = feed.load(pass, order, from, to, Optional.empty());
    PtNDArray logits = tape.network().forward(batch, byBatch);
    return loss.loss(
        LayerForward.logProbabilities(logits), feed.images().labels(), order, from, to);
  }

  @Override
  public void close() {
    feed.close();
    tape.close();
  }
}
