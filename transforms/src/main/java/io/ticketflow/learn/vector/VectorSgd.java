package io.ticketflow.learn.vector;

import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/**
 * v ← m·v + g, then w ← w − lr·v, or with Nesterov's look-ahead w ← w − lr·(g + m·v); each product
 * is added by one {@code fma}.
 */
final class VectorSgd implements UpdateRule {
  private final List<float[]> moments;
  private final float momentum;
  private final float decay;
  private final boolean nesterov;
  private long updates;

  VectorSgd(OptimiserSpec spec, List<float[]> moments) {
    this.moments = moments;
    momentum = (float) spec.momentum();
    decay = (float) spec.weightDecay();
    nesterov = spec.nesterov();
  }

  @Override
  public void update(float[] weights, float[] gradient, int decaying, double learningRate) {
    updates++;
    float rate = (float) -learningRate;
    update(weights, gradient, 0, decaying, decay, rate);
    update(weights, gradient, decaying, weights.length, 0, rate);
  }

  private void update(float[] weights, float[] gradient, int from, int to, float pull, float rate) {
    if (moments.isEmpty()) {
      for (int i = from; i < to; i++) {
        weights[i] = Math.fma(rate, Math.fma(pull, weights[i], gradient[i]), weights[i]);
      }
      return;
    }
    float[] velocity = moments.get(0);
    if (nesterov) {
      for (int i = from; i < to; i++) {
        float g = Math.fma(pull, weights[i], gradient[i]);
        velocity[i] = Math.fma(momentum, velocity[i], g);
        weights[i] = Math.fma(rate, Math.fma(momentum, velocity[i], g), weights[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        float g = Math.fma(pull, weights[i], gradient[i]);
        velocity[i] = Math.fma(momentum, velocity[i], g);
        weights[i] = Math.fma(rate, velocity[i], weights[i]);
      }
    }
  }

  @Override
  public List<float[]> moments() {
    return moments;
  }

  @Override
  public long updates() {
    return updates;
  }
}
