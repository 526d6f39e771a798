package io.ticketflow.learn.train;

import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.store.TensorSet;
import java.util.List;

/**
 * What a training leaves behind.
 *
 * @param weights every tensor of the network; pruned entries are +0. Under stochastic weight
 *     averaging the trained tensors are the mean and BatchNorm's statistics are those of the live
 *     network: recalibrate before measuring.
 * @param epochs one an epoch, in order
 * @param images how many training images were seen, repetitions included
 */
public record TrainedNetwork(TensorSet weights, List<EpochPoint> epochs, long images) {
  public TrainedNetwork {
    epochs = List.copyOf(epochs);
  }
}
