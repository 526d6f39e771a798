package io.ticketflow.learn.train;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.List;

/** All that an engine computes with networks on one device. Can be shared by threads. */
public interface Calculator {
  /** What trains them. */
  Trainer trainer();

  /**
   * Their logits, with BatchNorm's running statistics; close them.
   *
   * @param members networks of one graph, at least one; read one after the other
   */
  Logits logits(ModelGraph graph, Iterable<TensorSet> members);

  /**
   * The network with BatchNorm's statistics over images, from batches that are each normalised by
   * themselves: Σ n_b·stat_b / Σ n_b, where batch b has n_b images, mean and unbiased variance
   * stat_b; summed in doubles, rounded once. Nothing else changes, and neither does a network
   * without BatchNorm.
   *
   * @param batches how many batches are read, from the first image on; 0 = all
   */
  TensorSet statistics(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int batchSize,
      int batches);

  /**
   * The gradient of the cross-entropy, its mean over a sample without label smoothing, in every
   * entry of the tensors that have masks: of pruned ones too, at the weight 0 that they have.
   * Batches come one after the other; BatchNorm normalises by the batch, whose statistics are
   * forgotten. A loss that is not finite makes a gradient that is not.
   *
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  TensorSet gradient(
      ModelGraph graph, TensorSet network, Masks masks, DataSplits data, ImageSample sample);

  /** The logits of networks over images, in order. For one thread. */
  interface Logits extends AutoCloseable {
    /**
     * Hands over the logits batch by batch.
     *
     * @param data its mean and deviation normalise the images
     * @param batchSize images a pass; no logit depends on it but for the kernels' rounding
     */
    void over(Images images, DataSplits data, int batchSize, Reader reader);

    @Override
    void close();
  }

  /** Takes the logits of the images from … to − 1: for each network row by row. */
  @FunctionalInterface
  interface Reader {
    /** Takes the logits of images from … to − 1, of each network, images × classes. */
    void read(List<float[]> logits, int from, int to);
  }
}
