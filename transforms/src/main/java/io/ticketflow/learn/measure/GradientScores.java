package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.LossGradient;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.SaliencySpec;
import java.util.function.DoubleBinaryOperator;

/**
 * What the gradient of the training loss says of each weight: the higher, the better to keep.
 *
 * <p>Scores come for the tensors that have masks, in the network's order and shapes. The gradient
 * is taken at the masked network, pruned entries being 0, of the cross-entropy without label
 * smoothing, its mean over {@code batchSize · batches} images of the train split, or all if there
 * are fewer, unaugmented, in batches that BatchNorm normalises by themselves: a {@link
 * BalancedSample}. One batch is in memory at a time. A loss that is not finite makes scores that
 * are not. The same inputs give the same bits on a CPU.
 */
public final class GradientScores {
  private final ModelGraph graph;
  private final DataSplits data;
  private final ImageSample sample;
  private final double temperature;
  private final Calculator calculator;
  private final Device device;

  /**
   * Scores by one sample of images.
   *
   * @param draws which images, and in what batches; used here and not later
   * @param calculator of gradients
   * @param device of what it does not compute, the Hessian's products
   */
  public GradientScores(
      ModelGraph graph,
      DataSplits data,
      SaliencySpec saliency,
      KeyedRandom draws,
      Calculator calculator,
      Device device) {
    this.graph = graph;
    this.data = data;
    this.temperature = saliency.temperature();
    this.calculator = calculator;
    this.device = device;
    this.sample = BalancedSample.of(data.train(), saliency, draws);
  }

  /** Which images criteria look at, whatever is pruned: the same in every cycle of a run. */
  public static KeyedRandom draws(long seed) {
    return KeyedRandom.of(seed, "saliency", "images");
  }

  /**
   * SNIP: |g·w|, the loss's change to first order if the weight went (Lee, Ajanthan, Torr, ICLR
   * 2019, algorithm 1 without its normalisation, which ranks nothing anew). 0 where pruned.
   */
  public TensorSet snip(TensorSet network, Masks masks) {
    TensorSet gradient = gradient(network, masks);
    return score(gradient, network, masks, (g, w) -> Math.abs(g * w));
  }

  /**
   * GraSP: w·(Hg), of either sign; the lowest go first, for they lessen the gradient's flow if kept
   * (Wang, Zhang, Grosse, ICLR 2020, algorithm 1, whose sign is the opposite). 0 where pruned.
   * Logits are divided by {@link SaliencySpec#temperature}; the same batches make H and g.
   */
  public TensorSet grasp(TensorSet network, Masks masks) {
    TensorSet product =
        LossGradient.hessianGradient(graph, network, masks, data, sample, temperature, device);
    return score(product, network, masks, (hg, w) -> hg * w);
  }

  /**
   * |g| of every entry, of pruned ones too: how fast the loss would fall if it were to grow (Evci
   * et al., RigL, ICML 2020, section 3).
   */
  public TensorSet dense(TensorSet network, Masks masks) {
    return gradient(network, masks)
        .map(tensor -> combined(tensor, tensor.values(), (g, same) -> Math.abs(g)));
  }

  private TensorSet gradient(TensorSet network, Masks masks) {
    return calculator.gradient(graph, network, masks, data, sample);
  }

  private static TensorSet score(
      TensorSet derivatives, TensorSet network, Masks masks, DoubleBinaryOperator score) {
    TensorSet masked = masks.applyTo(network);
    return derivatives.map(tensor -> combined(tensor, masked.get(tensor.name()).values(), score));
  }

  private static Tensor combined(Tensor derivatives, float[] with, DoubleBinaryOperator score) {
    float[] scores = new float[with.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) score.applyAsDouble(derivatives.values()[i], with[i]);
    }
    return derivatives.withValues(scores);
  }

  /**
   * Adds the keys that ask for more images than there are.
   *
   * @param images of the train split
   * @param classes of the data
   */
  public static void idle(IdleKeys keys, SaliencySpec given, int images, int classes) {
    SaliencySpec saliency = given.of(classes);
    String at = "pruning.saliency.";
    String all = "asks for more than the " + images + " images of the train split";
    keys.partly(saliency.batchSize() > images, at + "batchSize", all)
        .partly((long) saliency.batchSize() * saliency.batches() > images, at + "batches", all);
  }
}
