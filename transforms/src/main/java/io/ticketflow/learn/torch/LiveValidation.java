package io.ticketflow.learn.torch;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.ScoreAccumulator;
import io.ticketflow.math.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Scores of a network on the validation split while it is trained. */
final class LiveValidation implements AutoCloseable {
  private static final int BATCH = 500;
  private static final int ANY_BINS = 1;

  private final TorchNetwork network;
  private final CrossEntropy loss;
  private final Batches batches;
  private final ImageFeed feed;

  LiveValidation(ModelGraph graph, TorchNetwork network, CrossEntropy loss, DataSplits data) {
    this.network = network;
    this.loss = loss;
    batches = LogitsPass.batches(graph, data.validation(), BATCH);
    feed = new ImageFeed(data.validation(), data.mean(), data.std(), batches.largest());
  }

  /**
   * The scores of the weights as they are; empty if there are no images.
   *
   * @throws ArithmeticException if the network's output is not finite
   */
  Optional<Scores> measure() {
    int[] labels = feed.images().labels();
    if (labels.length == 0) {
      return Optional.empty();
    }
    ScoreAccumulator scores = new ScoreAccumulator(loss.classes(), ANY_BINS, loss.labelSmoothing());
    LogitsPass.over(
        List.of(network),
        feed,
        batches,
        (logits, from, to) ->
            scores.addLogits(logits.get(0), Arrays.copyOfRange(labels, from, to)));
    return Optional.of(scores.scores());
  }

  @Override
  public void close() {
    feed.close();
  }
}
