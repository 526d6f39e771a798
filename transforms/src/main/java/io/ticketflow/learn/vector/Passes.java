package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.CrossEntropy;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.NormEntries;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.network.Masks;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Batches there and back through a network under one mask. */
final class Passes {
  private final KeptWeights kept;
  private final RunningStatistics statistics;
  private final VectorNetwork network;
  private final VectorFeed feed;
  private final CrossEntropy loss;
  private final float[] gradient;
  private final int[] labels;

  /** Of the kept weights behind the prunable ones: see {@link NormEntries#starts}. */
  private final float[] normStarts;

  Passes(Crew crew, TrainingJob job, DataSplits data, Masks masks, RunningStatistics statistics) {
    this.statistics = statistics;
    int images = job.batches(data.train()).largest();
    FlatLayout layout = FlatLayout.of(job.graph());
    kept = new KeptWeights(layout, masks);
    normStarts = Arrays.copyOfRange(NormEntries.starts(layout), layout.prunable(), layout.size());
    network =
        new VectorNetwork(
            crew, job.graph(), kept, statistics, Layer.BatchNorm.MOMENTUM, images, true);
    feed = new VectorFeed(crew, data.train(), data.mean(), data.std(), network.input());
    loss = new CrossEntropy(network.logits(), job.training().labelSmoothing());
    gradient = new float[kept.size()];
    labels = new int[images];
  }

  /** Where kept weights lie. */
  KeptWeights kept() {
    return kept;
  }

  /** The gradient of the last batch with a finite loss, without decay. */
  float[] gradient() {
    return gradient;
  }

  /** How many images of the last batch were classified correctly. */
  int correct() {
    return loss.correct();
  }

  /**
   * Forward, and backward if the loss is finite.
   *
   * @param again whether the batch lies in the network already
   * @return the loss
   */
  double pass(float[] weights, Engine.Batch batch, boolean again) {
    int images = batch.to() - batch.from();
    if (!again) {
      feed.load(batch.order(), batch.from(), batch.to(), batch.augmentation());
      for (int i = 0; i < images; i++) {
        labels[i] = feed.images().labels()[batch.order()[batch.from() + i]];
      }
    }
    float[] mixed = batch.alpha() == 0 ? weights : interpolated(weights, batch.alpha());
    network.forward(mixed, images, true);
    double value = loss.of(labels, images);
    if (Double.isFinite(value)) {
      network.backward(mixed, images, gradient);
      if (batch.alpha() > 0) {
        scaleNorms(1 - batch.alpha());
      }
    }
    return value;
  }

  /** The weights, with that share of their start in BatchNorm's. */
  private float[] interpolated(float[] weights, float alpha) {
    float[] mixed = weights.clone();
    for (int i = 0; i < normStarts.length; i++) {
      if (!Float.isNaN(normStarts[i])) {
        int at = kept.prunable() + i;
        mixed[at] = alpha * normStarts[i] + (1 - alpha) * mixed[at];
      }
    }
    return mixed;
  }

  /** Multiplies the gradient in BatchNorm's weights and biases. */
  private void scaleNorms(float factor) {
    for (int i = 0; i < normStarts.length; i++) {
      gradient[kept.prunable() + i] *= Float.isNaN(normStarts[i]) ? 1 : factor;
    }
  }

  /**
   * Sharpness-aware minimisation (Foret et al. 2021, algorithm 1, p = 2): the gradient becomes the
   * one at w + ρ·g/‖g‖, where g is the gradient of the pass before. If ‖g‖ is 0 it stays.
   *
   * @param flags of weights that may be moved, from the front; empty = all
   * @return the loss there; 0 if there was no second pass
   */
  double ascend(float[] weights, Optional<float[]> flags, Engine.Batch batch, double radius) {
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      if (isFree(flags, i)) {
        squares += (double) gradient[i] * gradient[i];
      }
    }
    if (squares == 0) {
      return 0;
    }
    float share = (float) (radius / Math.sqrt(squares));
    float[] above = weights.clone();
    for (int i = 0; i < above.length; i++) {
      if (isFree(flags, i)) {
        above[i] = Math.fma(share, gradient[i], above[i]);
      }
    }
    // running statistics are those of the first pass alone
    Map<ParameterSpec, float[]> before = statistics.copies();
    double second = pass(above, batch, true);
    statistics.restore(before);
    return second;
  }

  private static boolean isFree(Optional<float[]> flags, int i) {
    return flags.isEmpty() || i >= flags.get().length || flags.get()[i] != 0;
  }
}
