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
   * A batch of images of an epoch, and what chance decides with it. It becomes the next one, so
   * that a step puts nothing on the heap.
   */
  final class Batch {
    private final int[] order;
    private final Optional<Augmentation> augmentation;
    private int from;
    private int to;
    private long dropout;
    private float alpha;

    /** No images yet of an epoch with that order. */
    public Batch(int[] order, Optional<Augmentation> augmentation) {
      this.order = order;
      this.augmentation = augmentation;
    }

    /** Images for networks without dropout, normalised as they are measured. */
    public Batch(int[] order, int from, int to, Optional<Augmentation> augmentation) {
      this(order, augmentation);
      become(from, to, 0, 0);
    }

    /**
     * Becomes the images of the order's places {@code first … end − 1}.
     *
     * @param ofDropout what all draws of dropout derive from
     * @param share of what BatchNorm's weights and biases began at in those that the network
     *     computes with, in [0, 1)
     */
    public Batch become(int first, int end, long ofDropout, float share) {
      from = first;
      to = end;
      dropout = ofDropout;
      alpha = share;
      return this;
    }

    /** The epoch's images, in its order. */
    public int[] order() {
      return order;
    }

    /** Place of the first image in the order. */
    public int from() {
      return from;
    }

    /** Place behind the last one. */
    public int to() {
      return to;
    }

    /** How the epoch's images are changed. */
    public Optional<Augmentation> augmentation() {
      return augmentation;
    }

    /** What all draws of dropout derive from. */
    public long dropout() {
      return dropout;
    }

    /** The start's share in BatchNorm's weights and biases. */
    public float alpha() {
      return alpha;
    }
  }

  /** Takes the logits of the images from … to − 1, row by row. */
  @FunctionalInterface
  interface LogitsReader {
    /** Takes the logits of images from … to − 1, row-major, images × classes. */
    void read(float[] logits, int from, int to);
  }

  /**
   * Forward, backward, and one update of the weights under the masks of now; weights are left alone
   * if a loss is not finite.
   *
   * @return the mean loss of the batch before the update; if SAM's second loss is not finite, that
   *     one
   */
  double step(Batch batch, double learningRate);

  /**
   * Forward and backward without an update.
   *
   * @param gradient is given the loss's gradient, dense, in the order of {@link #moved}, unless the
   *     loss is not finite; it may change the masks
   * @return the mean loss of the batch
   */
  double look(Batch batch, Consumer<float[]> gradient);

  /** How many images of the last batch were classified correctly, before any update. */
  int correct();

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
