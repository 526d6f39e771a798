package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import io.ticketflow.spec.OptimiserSpec;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@link GradientStep} by SGD of arrays that lie in the processor's own memory: all of it for one
 * piece after the other, each of which stays in the first cache meanwhile. libtorch's calls go
 * through all weights once each, which takes a third of a small network's step; the operations are
 * the same, one by one, and so are the bits. Those of Adam would not be: libtorch's square root is
 * not rounded as Java's is.
 */
final class HostStep {
  /** Weights of a piece. */
  private static final int PIECE = 1024;

  private final OptimiserSpec spec;
  private final Sgd rule;
  private final int decaying;
  private final FloatBuffer moved;
  private final List<FloatBuffer> moments;
  private final Optional<FloatBuffer> mask;
  private final float[] weightPiece = new float[PIECE];
  private final float[] gradientPiece = new float[PIECE];
  private final float[] maskPiece = new float[PIECE];
  private final float[][] momentPieces;

  HostStep(TorchNetwork network, MaskedWeights weights, OptimiserSpec spec, Sgd rule) {
    this.spec = spec;
    this.rule = rule;
    decaying = spec.decayBiasAndNorm() ? network.layout().size() : network.layout().prunable();
    moved = floats(weights.moved());
    moments = rule.state().stream().map(HostStep::floats).toList();
    momentPieces = new float[moments.size()][PIECE];
    mask = weights.gradientMask().map(HostStep::floats);
  }

  private static FloatBuffer floats(PtNDArray array) {
    return HostMemory.view(array).asFloatBuffer();
  }

  /** Moves the weights by a gradient, and sets it to 0. */
  void apply(PtNDArray gradient, double learningRate) {
    FloatBuffer slopes = floats(gradient);
    for (int from = 0; from < moved.limit(); from += PIECE) {
      int count = Math.min(PIECE, moved.limit() - from);
      moved.get(from, weightPiece, 0, count);
      slopes.get(from, gradientPiece, 0, count);
      decay(Math.min(count, decaying - from));
      mask(from, count);
      for (int i = 0; i < momentPieces.length; i++) {
        moments.get(i).get(from, momentPieces[i], 0, count);
      }
      rule.update(weightPiece, gradientPiece, momentPieces, count, learningRate);
      moved.put(from, weightPiece, 0, count);
      for (int i = 0; i < momentPieces.length; i++) {
        moments.get(i).put(from, momentPieces[i], 0, count);
      }
      Arrays.fill(gradientPiece, 0, count, 0);
      slopes.put(from, gradientPiece, 0, count);
    }
  }

  private void decay(int count) {
    float pull = (float) spec.weightDecay();
    if (pull > 0) {
      for (int i = 0; i < count; i++) {
        gradientPiece[i] += weightPiece[i] * pull;
      }
    }
  }

  /** The mask is as long as the prunable entries, or longer where all are. */
  private void mask(int from, int most) {
    if (mask.isEmpty() || from >= mask.get().limit()) {
      return;
    }
    int count = Math.min(most, mask.get().limit() - from);
    mask.get().get(from, maskPiece, 0, count);
    for (int i = 0; i < count; i++) {
      gradientPiece[i] *= maskPiece[i];
    }
  }
}
