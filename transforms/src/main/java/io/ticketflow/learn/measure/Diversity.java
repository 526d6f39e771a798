package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.network.WeightDistance;
import io.ticketflow.schemas.PairRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How networks differ in what they predict, and in their weights. */
public final class Diversity {
  private Diversity() {}

  /**
   * Every pair of them, ordered by first and second.
   *
   * @param networks of one graph; BatchNorm's statistics are taken as they are
   * @param images that they predict; equal logits: the lowest class
   */
  public static List<PairRecord> of(
      ModelGraph graph,
      List<TensorSet> networks,
      Images images,
      DataSplits data,
      int batchSize,
      Calculator calculator) {
    int[][] classes = new int[networks.size()][images.count()];
    try (Calculator.Logits pass = calculator.logits(graph, networks)) {
      pass.over(
          images,
          data,
          batchSize,
          (logits, from, to) -> {
            for (int k = 0; k < classes.length; k++) {
              predict(logits.get(k), classes[k], from, to);
            }
          });
    }
    List<PairRecord> pairs = new ArrayList<>();
    for (int a = 0; a < classes.length; a++) {
      for (int b = a + 1; b < classes.length; b++) {
        WeightDistance distance = WeightDistance.of(networks.get(a), networks.get(b));
        pairs.add(pair(a, b, classes, images.labels(), distance));
      }
    }
    return pairs;
  }

  private static void predict(float[] logits, int[] classes, int from, int to) {
    int width = logits.length / (to - from);
    for (int i = from; i < to; i++) {
      float[] row = Arrays.copyOfRange(logits, (i - from) * width, (i - from + 1) * width);
      int best = 0;
      for (int k = 1; k < width; k++) {
        best = row[k] > row[best] ? k : best;
      }
      classes[i] = best;
    }
  }

  private static PairRecord pair(
      int a, int b, int[][] classes, int[] labels, WeightDistance distance) {
    long differing = 0;
    long both = 0;
    long first = 0;
    long second = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean wrong = classes[a][i] != labels[i];
      boolean otherWrong = classes[b][i] != labels[i];
      differing += classes[a][i] != classes[b][i] ? 1 : 0;
      both += wrong && otherWrong ? 1 : 0;
      first += wrong ? 1 : 0;
      second += otherWrong ? 1 : 0;
    }
    return new PairRecord(
        a, b, differing, both, first, second, distance.euclidean(), distance.cosine());
  }
}
