package io.ticketflow.learn.train;

import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochPoint;
import java.util.List;
import java.util.Optional;

/**
 * What a training leaves behind.
 *
 * @param weights every tensor of the network; pruned entries are +0. Under stochastic weight
 *     averaging the trained tensors are the mean and BatchNorm's statistics are those of the live
 *     network: recalibrate before measuring. Samples of the mean that were taken before the masks
 *     came to their end are pruned by those of the end.
 * @param masks what the training ended under: the job's, or what a sparsifier made of them
 * @param latent what the training keeps beside its network: the dense one, of which {@code weights}
 *     are pruned by {@code masks}; or the deviation of each trained entry among the weights that
 *     were averaged
 * @param moments of the optimiser at the end, each as one tensor
 * @param epochs one an epoch, in order
 * @param images how many training images went through the network, repetitions included: an image
 *     that SAM passes through twice a step counts twice, and what copies that look ahead see counts
 */
public record TrainedNetwork(
    TensorSet weights,
    Masks masks,
    Optional<TensorSet> latent,
    Optional<TensorSet> moments,
    List<EpochPoint> epochs,
    long images) {
  public TrainedNetwork {
    epochs = List.copyOf(epochs);
  }

  /** The same training with other statistics, and perhaps without what a next one goes on with. */
  public TrainedNetwork with(
      TensorSet recalibrated, Optional<TensorSet> dense, Optional<TensorSet> state) {
    return new TrainedNetwork(recalibrated, masks, dense, state, epochs, images);
  }
}
