package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.CrossEntropy;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Arrays;
import java.util.Optional;

/** The loss's gradient in every weight of a network, over a sample of images. */
final class VectorGradient {
  private VectorGradient() {}

  /** As {@link Calculator#gradient}: batches are summed in doubles, and rounded once. */
  static TensorSet of(
      Crew crew,
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample) {
    graph.requireReadable(data.train());
    int[] images = sample.images();
    Batches batches = new Batches(images.length, sample.batchSize(), graph.smallestBatch());
    FlatLayout layout = FlatLayout.of(graph);
    KeptWeights all = new KeptWeights(layout, Masks.NONE);
    RunningStatistics unread = new RunningStatistics(layout, network);
    VectorNetwork pass =
        new VectorNetwork(
            crew, graph, all, unread, Layer.BatchNorm.MOMENTUM, batches.largest(), true);
    VectorFeed feed = new VectorFeed(crew, data.train(), data.mean(), data.std(), pass.input());
    CrossEntropy loss = new CrossEntropy(pass.logits(), 0);
    float[] weights = layout.flatten(masks.applyTo(network));
    float[] ofBatch = new float[weights.length];
    double[] sum = new double[weights.length];
    int[] labels = new int[batches.largest()];
    for (int b = 0; b < batches.count(); b++) {
      int count = batches.to(b) - batches.from(b);
      feed.load(images, batches.from(b), batches.to(b), Optional.empty());
      for (int i = 0; i < count; i++) {
        labels[i] = data.train().labels()[images[batches.from(b) + i]];
      }
      pass.forward(weights, count, true);
      if (Double.isFinite(loss.of(labels, count))) {
        pass.backward(weights, count, ofBatch);
      } else {
        Arrays.fill(ofBatch, Float.NaN);
      }
      double share = (double) count / images.length;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += share * ofBatch[i];
      }
    }
    float[] gradient = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      gradient[i] = (float) sum[i];
    }
    return layout.prunable(gradient, masks.tensors());
  }
}
