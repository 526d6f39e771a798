package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One network in training, on one device: what {@link TrainingLoop} needs of a tensor library. For
 * one thread, which closes it.
 *
 * <p>An engine computes single steps. When they are made, at what rate, when masks change, what is
 * averaged, kept and measured is the loop's.
 */
public interface Engine extends AutoCloseable {
  /**
   * Images of a batch: those of the order's places {@code from … to − 1}.
   *
   * @param dropout what all draws of dropout derive from
   * @param alpha share of what BatchNorm's weights and biases began at in those that the network
   *     computes with, in [0, 1)
   */
  record Batch(
      int[] order,
      int from,
      int to,
      Optional<Augmentation> augmentation,
      long dropout,
      float alpha) {
    /** For networks without dropout, normalised as they are measured. */
    public Batch(int[] order, int from, int to, Optional<Augmentation> augmentation) {
      this(order, from, to, augmentation, 0, 0);
    }
  }

  /**
   * What a step saw before it moved the weights.
   *
   * @param loss mean over the batch; if SAM's second loss is not finite, that one
   * @param correct how many images of the batch were classified correctly
   */
  record Seen(double loss, int correct) {}

  /** Takes the logits of the images from … to − 1, row by row. */
  @FunctionalInterface
  interface LogitsReader {
    /** Takes the logits of images from … to − 1, row-major, images × classes. */
    void read(float[] logits, int from, int to);
  }

  /**
   * Forward, backward, and one update of the weights under the masks of now; weights are left alone
   * if a loss is not finite.
   */
  Seen step(Batch batch, double learningRate);

  /**
   * Forward and backward without an update.
   *
   * @param gradient is given the loss's gradient, dense, in the order of {@link #moved}, unless the
   *     loss is not finite; it may change the masks
   */
  Seen look(Batch batch, Consumer<float[]> gradient);

  /**
   * Goes over to other masks. Where no dense weights are kept, weights and moments that are not
   * carried over become +0.
   */
  void change(MaskChange change);

  /**
   * The weights that are moved: all trained tensors in the order of {@link
   * io.ticketflow.learn.model.FlatLayout}; dense ones, if such lie behind the sparse network.
   */
  float[] moved();

  /** The optimiser's moments, each as long as the weights. */
  List<float[]> moments();

  /** Every tensor of the network, with those values for the trained ones. */
  TensorSet tensors(float[] trained);

  /** Hands over the logits of the validation split, in its order, batch by batch. */
  void validate(LogitsReader reader);

  @Override
  void close();
}
