package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.Mask;
import io.ticketflow.store.TensorSet;
import java.util.Map;
import java.util.Optional;

/**
 * The gradient g of the cross-entropy in a masked network's weights, and its Hessian times g.
 *
 * <p>The loss is the mean over images, without label smoothing; BatchNorm normalises by the batch.
 * Batches come one after the other, so memory is that of one batch, whatever their number. The same
 * inputs give the same bits on a CPU.
 */
public final class LossGradient implements AutoCloseable {
  /** How far {@link #hessianGradient} goes to either side, of the weights' norm. */
  static final double RELATIVE_STEP = 1e-9;

  private final GradientTape tape;
  private final ImageFeed feed;
  private final int classes;
  private final int[] images;
  private final int batchSize;
  private final double temperature;
  private final Map<String, Mask> masks;

  private LossGradient(
      ModelGraph graph,
      TensorSet network,
      Map<String, Mask> masks,
      DataSplits data,
      Sample sample,
      double temperature,
      DataType precision,
      Device device) {
    TorchTrainer.check(graph, data.train());
    this.masks = masks;
    this.classes = graph.classes();
    this.images = sample.images();
    this.batchSize = Math.min(sample.batchSize(), images.length);
    this.temperature = temperature;
    tape = new GradientTape(graph, MaskedTensors.of(network, masks), precision, device);
    feed = new ImageFeed(data.train(), data.mean(), data.std(), batchSize);
  }

  /**
   * Images of the train split, cut into batches in this order; the last may be smaller.
   *
   * @param images their indices, at least one; shared, not copied
   * @param batchSize at least 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sample(int[] images, int batchSize) {}

  /**
   * The gradient in every entry of the tensors that have masks: pruned ones too, at the weight 0
   * that they have. Computed as training computes it, in floats.
   *
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  public static TensorSet gradient(
      ModelGraph graph,
      TensorSet network,
      Map<String, Mask> masks,
      DataSplits data,
      Sample sample,
      Device device) {
    try (LossGradient gradient =
        new LossGradient(graph, network, masks, data, sample, 1, DataType.FLOAT32, device)) {
      return gradient.gradient();
    }
  }

  /**
   * Hg in the tensors that have masks, of the loss whose logits are divided by a temperature. Both
   * H and g are over the weights of convolutions and linear layers, those without a mask included,
   * but for the pruned entries, which are 0 and no variables.
   *
   * <p>It is the central difference of the gradients at θ ± hg in doubles, where ‖hg‖ is 1e-9 of
   * ‖θ‖. Its error has three parts: of third derivatives, about 1e-18; of rounding, 1e-16 · √terms
   * over 1e-9, about 1e-6; and a jump for each ReLU or maximum that changes its mind within the
   * step, of which a step this small meets next to none. In floats such differences are noise.
   * Differentiating twice is exact, but the engine's Java binding never frees what it keeps for
   * that.
   *
   * @param temperature above 0
   * @throws IllegalArgumentException if network, masks and images do not fit together
   */
  public static TensorSet hessianGradient(
      ModelGraph graph,
      TensorSet network,
      Map<String, Mask> masks,
      DataSplits data,
      Sample sample,
      double temperature,
      Device device) {
    try (LossGradient gradient =
        new LossGradient(
            graph, network, masks, data, sample, temperature, DataType.FLOAT64, device)) {
      return gradient.hessianGradient();
    }
  }

  private TensorSet gradient() {
    try (PtNDManager manager = tape.network().newManager()) {
      return read(sum(manager));
    }
  }

  private TensorSet hessianGradient() {
    FlatLayout layout = tape.network().layout();
    PtNDArray weights = tape.weights();
    try (PtNDManager manager = tape.network().newManager()) {
      PtNDArray step = sum(manager);
      layout
          .mask(masks)
          .ifPresent(
              kept -> {
                try (PtNDArray mask = tape.network().onDevice(kept)) {
                  JniUtils.muli(step, mask);
                }
              });
      double slope = norm(step);
      if (slope == 0) {
        return read(step);
      }
      double size = norm(weights);
      double length = RELATIVE_STEP * (size > 0 ? size : 1) / slope;
      JniUtils.muli(step, tape.scalar(manager, length));
      JniUtils.addi(weights, step);
      PtNDArray difference = sum(manager);
      JniUtils.subi(weights, step);
      JniUtils.subi(weights, step);
      JniUtils.subi(difference, sum(manager));
      JniUtils.muli(difference, tape.scalar(manager, 0.5 / length));
      return read(difference);
    }
  }

  /** The gradient over all batches, of the prunable entries. */
  private PtNDArray sum(PtNDManager owner) {
    for (int from = 0; from < images.length; from += batchSize) {
      int first = from;
      int end = Math.min(images.length, from + batchSize);
      tape.add(1.0 / images.length, pass -> loss(pass, first, end));
    }
    return tape.take(owner);
  }

  /** The cross-entropy of a batch, summed over its images. */
  private PtNDArray loss(PtNDManager pass, int from, int to) {
    PtNDArray logits =
        JniUtils.div(
            tape.network().forward(batch(pass, from, to), true), tape.scalar(pass, temperature));
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

  private static double norm(PtNDArray array) {
    try (PtNDArray squares = JniUtils.mul(array, array);
        PtNDArray sum = JniUtils.sum(squares)) {
      return Math.sqrt(sum.toDoubleArray()[0]);
    }
  }

  private TensorSet read(PtNDArray array) {
    return MaskedTensors.read(tape, array, masks.keySet());
  }

  @Override
  public void close() {
    feed.close();
    tape.close();
  }
}
