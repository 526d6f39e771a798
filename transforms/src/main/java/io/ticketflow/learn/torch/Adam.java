package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.spec.OptimiserSpec;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as PyTorch has it: decay is part of the gradient, and with
 * bias corrections c1 = 1 − β1^t, c2 = 1 − β2^t the weights move by −lr/c1 · m / (√v/√c2 + ε).
 */
final class Adam implements Optimiser {
  private final OptimiserSpec spec;
  private final PtNDArray first;
  private final PtNDArray second;
  private long steps;

  Adam(OptimiserSpec spec, List<PtNDArray> moments, long stepsDone) {
    this.spec = spec;
    this.first = moments.get(0);
    this.second = moments.get(1);
    this.steps = stepsDone;
  }

  @Override
  public void update(PtNDArray weights, PtNDArray gradient, double learningRate, PtNDManager step) {
    steps++;
    double c1 = 1 - StrictMath.pow(spec.beta1(), (double) steps);
    double c2 = 1 - StrictMath.pow(spec.beta2(), (double) steps);
    JniUtils.muli(first, HostMemory.scalar(step, spec.beta1()));
    try (PtNDArray share = JniUtils.mul(gradient, HostMemory.scalar(step, 1 - spec.beta1()))) {
      JniUtils.addi(first, share);
    }
    JniUtils.muli(second, HostMemory.scalar(step, spec.beta2()));
    try (PtNDArray share = JniUtils.mul(gradient, gradient)) {
      JniUtils.muli(share, HostMemory.scalar(step, 1 - spec.beta2()));
      JniUtils.addi(second, share);
    }
    try (PtNDArray deviation = JniUtils.sqrt(second)) {
      JniUtils.muli(deviation, HostMemory.scalar(step, 1 / StrictMath.sqrt(c2)));
      JniUtils.addi(deviation, HostMemory.scalar(step, spec.epsilon()));
      try (PtNDArray move = JniUtils.div(first, deviation)) {
        JniUtils.muli(move, HostMemory.scalar(step, learningRate / c1));
        JniUtils.subi(weights, move);
      }
    }
  }

  @Override
  public List<PtNDArray> state() {
    return List.of(first, second);
  }
}
