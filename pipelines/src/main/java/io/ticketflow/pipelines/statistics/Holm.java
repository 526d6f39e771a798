package io.ticketflow.pipelines.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Correction of p values for how many there are (Holm, Scandinavian J. of Statistics 6, 1979). */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted values, in order: reject where one is at most α, and the chance of any wrong
   * rejection among all is at most α, however they depend on each other.
   */
  public static List<Double> adjusted(List<Double> values) {
    List<Integer> order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparing(values::get))
            .toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(values.size(), 1.0));
    double most = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      most = Math.max(most, Math.min(1, values.get(order.get(rank)) * (values.size() - rank)));
      adjusted.set(order.get(rank), most);
    }
    return adjusted;
  }
}
