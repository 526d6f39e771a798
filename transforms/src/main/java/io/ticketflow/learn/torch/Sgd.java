package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/**
 * Stochastic gradient descent as PyTorch has it: v ← m·v + g, then w ← w − lr·v, or with Nesterov's
 * look-ahead w ← w − lr·(g + m·v). DJL's own rule keeps m·v + lr·g, so a change of the learning
 * rate reaches its weights late.
 */
final class Sgd implements Optimiser {
  private final OptimiserSpec spec;
  private final List<PtNDArray> velocity;

  Sgd(OptimiserSpec spec, List<PtNDArray> moments) {
    this.spec = spec;
    this.velocity = moments;
  }

  @Override
  public void update(PtNDArray weights, PtNDArray gradient, double learningRate, PtNDManager step) {
    PtNDArray rate = HostMemory.scalar(step, learningRate);
    if (velocity.isEmpty()) {
      descend(weights, gradient, rate);
      return;
    }
    PtNDArray v = velocity.get(0);
    PtNDArray momentum = HostMemory.scalar(step, spec.momentum());
    JniUtils.muli(v, momentum);
    JniUtils.addi(v, gradient);
    if (spec.nesterov()) {
      try (PtNDArray ahead = JniUtils.mul(v, momentum)) {
        JniUtils.addi(ahead, gradient);
        descend(weights, ahead, rate);
      }
    } else {
      descend(weights, v, rate);
    }
  }

  @Override
  public List<PtNDArray> state() {
    return velocity;
  }

  private static void descend(PtNDArray weights, PtNDArray direction, PtNDArray rate) {
    try (PtNDArray move = JniUtils.mul(direction, rate)) {
      JniUtils.subi(weights, move);
    }
  }
}
