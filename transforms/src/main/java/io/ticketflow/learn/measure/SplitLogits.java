package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.MeasureSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a network answers to every image of every split.
 *
 * @param bySplit logits, images × classes; of splits that have images
 */
public record SplitLogits(Map<MeasureSpec.Split, float[]> bySplit) {
  /**
   * Those of a network.
   *
   * @param network BatchNorm's statistics are taken as they are
   * @param evaluation says whether mirror images are looked at too
   */
  public static SplitLogits of(
      ModelGraph graph,
      TensorSet network,
      DataSplits data,
      EvaluationSpec evaluation,
      Calculator calculator) {
    Map<MeasureSpec.Split, float[]> all = new EnumMap<>(MeasureSpec.Split.class);
    int classes = graph.classes();
    try (Calculator.Logits pass =
        Evaluation.pass(graph, List.of(network), evaluation, calculator)) {
      for (MeasureSpec.Split split : Evaluation.splits(data)) {
        float[] logits = new float[Evaluation.images(split, data).count() * classes];
        pass.over(
            Evaluation.images(split, data),
            data,
            evaluation.batchSize(),
            (some, from, to) ->
                System.arraycopy(some.get(0), 0, logits, from * classes, (to - from) * classes));
        all.put(split, logits);
      }
    }
    return new SplitLogits(all);
  }

  /** Bytes that the logits of so many networks take. */
  public static long bytes(ModelGraph graph, DataSplits data, int networks) {
    return Evaluation.splits(data).stream()
        .mapToLong(split -> Evaluation.images(split, data).count())
        .map(images -> images * graph.classes() * networks * Float.BYTES)
        .sum();
  }

  /** Bytes of these. */
  public long bytes() {
    return bySplit.values().stream().mapToLong(logits -> (long) logits.length * Float.BYTES).sum();
  }
}
