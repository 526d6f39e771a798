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

  /**
   * The gradients of the loss of networks of one graph, batch by batch; close it.
   *
   * @param network whose running statistics are read where BatchNorm does not go by the batch
   * @param images that batches are of; unaugmented
   * @param largest images of the largest batch
   * @param byBatch whether BatchNorm normalises by the batch, as in training, and forgets its
   *     statistics; else by the running ones, and then one image can be a batch
   * @throws IllegalArgumentException if network, graph and images do not fit together
   */
  Gradients gradients(
      ModelGraph graph,
      TensorSet network,
      Images images,
      DataSplits data,
      int largest,
      boolean byBatch);

  /**
   * The flow through a network, nothing pruned yet; close it.
   *
   * @throws IllegalArgumentException naming the tensor, if one is missing or has another shape
   */
  Flow flow(ModelGraph graph, TensorSet network);

  /**
   * How much of a network's flow R goes through each weight: |w·∂R/∂w|, where R is the sum of the
   * outputs for one image of ones and every number of the network is replaced by its absolute value
   * (Tanaka, Kunin, Yamins, Ganguli, NeurIPS 2020, equation 2). For one thread, which closes it.
   *
   * <p>As in the authors' code, every entry of the state_dict is made positive: BatchNorm's weights
   * and biases, and its running means, which are then subtracted. Right after initialisation the
   * running statistics are 0 and 1 and do nothing; after training they bend the flow a little. R
   * grows like the product of the layers' fan-ins and leaves the range of floats, so all is in
   * doubles; scores come as shares of R, in floats. The shares of a layer that all flow goes
   * through sum to 1, less what biases before it or BatchNorm's shifts behind it give or take.
   */
  interface Flow extends AutoCloseable {
    /**
     * Stops the flow through entries for good, and tells the shares of the others.
     *
     * @param masks what an earlier call has pruned stays pruned
     * @return the share of each entry of these tensors, at least 0, 0 where pruned; 0 everywhere if
     *     nothing flows
     */
    TensorSet through(Masks masks);

    @Override
    void close();
  }

  /** Gradients of the cross-entropy in all trained tensors. For one thread, which closes it. */
  interface Gradients extends AutoCloseable {
    /**
     * The gradient of the mean over the images {@code order[from] … order[to − 1]}, without label
     * smoothing. A loss that is not finite makes a gradient that is not. The same inputs give the
     * same bits on a CPU.
     *
     * @param weights the trained tensors in the order of {@link
     *     io.ticketflow.learn.model.FlatLayout}; not kept
     * @return in the same order; a new array
     */
    float[] at(float[] weights, int[] order, int from, int to);

    @Override
    void close();
  }

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
