package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.data.DataSplits;
import java.util.Optional;
import java.util.stream.IntStream;

/** Loss and accuracy of a network on the validation split while it is trained. */
final class LiveValidation {
  private static final int BATCH = 500;

  private final TorchNetwork network;
  private final CrossEntropy loss;
  private final ImageFeed feed;
  private final int[] order;

  LiveValidation(TorchNetwork network, CrossEntropy loss, DataSplits data) {
    this.network = network;
    this.loss = loss;
    this.order = IntStream.range(0, data.validation().count()).toArray();
    this.feed =
        new ImageFeed(data.validation(), data.mean(), data.std(), Math.min(BATCH, order.length));
  }

  /** The measure of the weights as they are; empty if there are no images. */
  Optional<Point> measure() {
    double lossSum = 0;
    int correct = 0;
    for (int from = 0; from < order.length; from += BATCH) {
      int to = Math.min(order.length, from + BATCH);
      try (PtNDManager pass = network.newManager()) {
        PtNDArray images = feed.load(pass, order, from, to, Optional.empty());
        float[] rows = LayerForward.logProbabilities(network.forward(images, false)).toFloatArray();
        int[] labels = feed.images().labels();
        lossSum += loss.sum(rows, labels, order, from, to);
        correct += CrossEntropy.correct(rows, loss.classes(), labels, order, from, to);
      }
    }
    return order.length == 0
        ? Optional.empty()
        : Optional.of(new Point(lossSum / order.length, (double) correct / order.length));
  }

  record Point(double loss, double accuracy) {}
}
