package io.ticketflow.learn.vector;

import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as PyTorch has it: decay is part of the gradient, and with
 * bias corrections c1 = 1 − β1^t, c2 = 1 − β2^t the weights move by −lr/c1 · m / (√v/√c2 + ε).
 */
final class VectorAdam implements UpdateRule {
  private final OptimiserSpec spec;
  private final List<float[]> moments;
  private long updates;

  VectorAdam(OptimiserSpec spec, List<float[]> moments, long updates) {
    this.spec = spec;
    this.moments = moments;
    this.updates = updates;
  }

  @Override
  public void update(float[] weights, float[] gradient, int decaying, double learningRate) {
    updates++;
    float[] first = moments.get(0);
    float[] second = moments.get(1);
    float beta1 = (float) spec.beta1();
    float beta2 = (float) spec.beta2();
    float rest1 = (float) (1 - spec.beta1());
    float rest2 = (float) (1 - spec.beta2());
    float decay = (float) spec.weightDecay();
    float epsilon = (float) spec.epsilon();
    double c1 = 1 - StrictMath.pow(spec.beta1(), (double) updates);
    double c2 = 1 - StrictMath.pow(spec.beta2(), (double) updates);
    float rate = (float) (-learningRate / c1);
    float scale = (float) (1 / StrictMath.sqrt(c2));
    for (int i = 0; i < weights.length; i++) {
      float g = i < decaying ? Math.fma(decay, weights[i], gradient[i]) : gradient[i];
      first[i] = Math.fma(beta1, first[i], rest1 * g);
      second[i] = Math.fma(beta2, second[i], rest2 * g * g);
      float deviation = Math.fma((float) Math.sqrt(second[i]), scale, epsilon);
      weights[i] = Math.fma(rate, first[i] / deviation, weights[i]);
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
