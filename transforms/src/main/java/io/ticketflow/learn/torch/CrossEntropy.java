package io.ticketflow.learn.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The mean cross-entropy of a batch as PyTorch's {@code CrossEntropyLoss(label_smoothing)}: the
 * target gives 1 − ε to the label and spreads ε evenly over all classes, the label's included.
 *
 * @param labelSmoothing ε
 */
record CrossEntropy(int classes, double labelSmoothing) {
  /**
   * The loss, a scalar, on the way to which gradients can be taken.
   *
   * @param logProbabilities N × classes
   */
  PtNDArray loss(PtNDArray logProbabilities, int[] labels, int[] indices, int from, int to) {
    int count = to - from;
    double spread = labelSmoothing / classes;
    float elsewhere = (float) (-spread / count);
    float atLabel = (float) (-(1 - labelSmoothing + spread) / count);
    float[] weights = new float[count * classes];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < classes; k++) {
        weights[i * classes + k] = k == labels[indices[from + i]] ? atLabel : elsewhere;
      }
    }
    PtNDManager manager = logProbabilities.getManager();
    PtNDArray target = HostMemory.array(manager, weights, new Shape(count, classes));
    return JniUtils.sum(JniUtils.mul(logProbabilities, target));
  }

  /** How many rows are largest at their label; of equal classes the first counts as largest. */
  static int correct(float[] rows, int classes, int[] labels, int[] indices, int from, int to) {
    int correct = 0;
    for (int i = 0; i < to - from; i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (rows[i * classes + k] > rows[i * classes + best]) {
          best = k;
        }
      }
      correct += best == labels[indices[from + i]] ? 1 : 0;
    }
    return correct;
  }
}
