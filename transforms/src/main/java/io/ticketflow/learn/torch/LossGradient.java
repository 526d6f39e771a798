package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Optional;

/**
 * The gradient g of the cross-entropy in a masked network's weights, and its Hessian times g.
 *
 * <p>The loss is the mean over images, without label smoothing; BatchNorm normalises by the batch,
 * but for {@link #measuring}. Batches come one after the other: one is in memory at a time. The
 * same inputs give the same bits on a CPU.
 */
public final class LossGradient implements AutoCloseable {
  private final GradientTape tape;
  private final ImageFeed feed;
  private final int classes;
  private final int[] images;
  private final Batches batches;
  private final double temperature;
  private final boolean training;
  private final Masks masks;

  private LossGradient(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample,
      double temperature,
      boolean training,
      DataType precision,
      Device device) {
    graph.requireReadable(data.train());
    this.masks = masks;
    this.classes = graph.classes();
    this.images = sample.images();
    this.batches = new Batches(images.length, sample.batchSize(), graph.smallestBatch());
    this.temperature = temperature;
    this.training = training;
    tape = new GradientTape(graph, masks.applyTo(network), precision, device);
    feed = new ImageFeed(data.train(), data.mean(), data.std(), batches.largest());
  }

  /**
   * The gradient in every entry of the tensors that have masks: pruned ones too, at the weight 0
   * that they have. Computed as training computes it, in floats.
   *
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  public static TensorSet gradient(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample,
      Device device) {
    try (LossGradient gradient =
        new LossGradient(graph, network, masks, data, sample, 1, true, DataType.FLOAT32, device)) {
      return gradient.gradient();
    }
  }

  /**
   * Hg in the tensors that have masks; logits are divided by a temperature. Both H and g are over
   * the weights of convolutions and linear layers, those without a mask included, but for the
   * pruned entries, which are 0 and no variables.
   *
   * <p>It is the difference of gradients in doubles, taken as {@link GradientDifference} says: in
   * floats such differences are noise, and differentiating twice, which is exact, leaves behind
   * what the engine's Java binding never frees.
   *
   * @param temperature above 0
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  public static TensorSet hessianGradient(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample,
      double temperature,
      Device device) {
    try (LossGradient gradient =
        new LossGradient(
            graph, network, masks, data, sample, temperature, true, DataType.FLOAT64, device)) {
      return gradient.hessianGradient();
    }
  }

  /** In doubles, of a network as it is measured: BatchNorm by its running statistics. */
  static LossGradient measuring(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      DataSplits data,
      ImageSample sample,
      Device device) {
    return new LossGradient(
        graph, network, masks, data, sample, 1, false, DataType.FLOAT64, device);
  }

  GradientTape tape() {
    return tape;
  }

  private TensorSet gradient() {
    try (PtNDManager manager = tape.network().newManager()) {
      return read(sum(manager));
    }
  }

  private TensorSet hessianGradient() {
    try (PtNDManager manager = tape.network().newManager()) {
      PtNDArray here = sum(manager);
      PtNDArray direction = JniUtils.clone(here);
      Optional<float[]> kept = tape.network().layout().mask(masks);
      if (kept.isPresent()) {
        try (PtNDArray mask = tape.network().onDevice(kept.get())) {
          JniUtils.muli(direction, mask);
        }
      }
      return read(GradientDifference.of(tape, this::sum).along(direction, here, manager));
    }
  }

  /** The gradient over all batches, of the prunable entries. */
  PtNDArray sum(PtNDManager owner) {
    for (int i = 0; i < batches.count(); i++) {
      int from = batches.from(i);
      int to = batches.to(i);
      tape.add(1.0 / images.length, pass -> loss(pass, from, to));
    }
    return tape.take(owner);
  }

  /** The cross-entropy of a batch, summed over its images. */
  private PtNDArray loss(PtNDManager pass, int from, int to) {
    PtNDArray logits =
        JniUtils.div(
            tape.network().forward(batch(pass, from, to), training),
            tape.scalar(pass, temperature));
    float[] target = new float[(to - from) * classes];
    Images all = feed.images();
    for (int i = from; i < to; i++) {
      target[(i - from) * classes + all.labels()[images[i]]] = -1;
    }
    PtNDArray labels = HostMemory.array(pass, target, new Shape(to - from, classes));
    return JniUtils.sum(JniUtils.mul(LayerForward.logProbabilities(logits), labels));
  }

  private PtNDArray batch(PtNDManager pass, int from, int to) {
    PtNDArray batch = feed.load(pass, images, from, to, Optional.empty());
    DataType precision = tape.network().precision();
    return precision == DataType.FLOAT32 ? batch : JniUtils.to(batch, precision, pass.getDevice());
  }

  private TensorSet read(PtNDArray array) {
    return tape.read(array, masks.tensors());
  }

  @Override
  public void close() {
    feed.close();
    tape.close();
  }
}
