package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;

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
    int[] images = sample.images();
    Batches batches = new Batches(images.length, sample.batchSize(), graph.smallestBatch());
    FlatLayout layout = FlatLayout.of(graph);
    float[] weights = layout.flatten(masks.applyTo(network));
    double[] sum = new double[weights.length];
    // not closed: the crew is the caller's
    BatchGradients gradients =
        new BatchGradients(crew, graph, network, data.train(), data, batches.largest(), true);
    for (int b = 0; b < batches.count(); b++) {
      float[] ofBatch = gradients.at(weights, images, batches.from(b), batches.to(b));
      double share = (double) (batches.to(b) - batches.from(b)) / images.length;
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
