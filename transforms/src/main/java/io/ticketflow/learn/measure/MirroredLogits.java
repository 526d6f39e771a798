package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.train.Calculator;
import java.util.ArrayList;
import java.util.List;

/**
 * For each network and image the mean of the logits of the image and of its mirror image, rounded
 * once (test-time augmentation by a flip).
 *
 * @param plain what computes them; closed with this
 */
record MirroredLogits(Calculator.Logits plain) implements Calculator.Logits {
  @Override
  public void over(Images images, DataSplits data, int batchSize, Calculator.Reader reader) {
    List<List<float[]>> batches = new ArrayList<>();
    plain.over(images, data, batchSize, (logits, from, to) -> batches.add(List.copyOf(logits)));
    int[] next = {0};
    plain.over(
        images.mirrored(),
        data,
        batchSize,
        (logits, from, to) -> reader.read(means(batches.get(next[0]++), logits), from, to));
  }

  private static List<float[]> means(List<float[]> some, List<float[]> others) {
    List<float[]> means = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      float[] mean = new float[some.get(i).length];
      for (int k = 0; k < mean.length; k++) {
        mean[k] = (float) (((double) some.get(i)[k] + others.get(i)[k]) / 2);
      }
      means.add(mean);
    }
    return means;
  }

  @Override
  public void close() {
    plain.close();
  }
}
