package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.LayerRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What seeds are averaged over: one method at one point of the sweep. */
record Series(String experiment, String dataset, String model, String method, String variant)
    implements Comparable<Series> {
  private static final Comparator<String> NATURAL = new NaturalOrder();
  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::experiment, NATURAL)
          .thenComparing(Series::dataset, NATURAL)
          .thenComparing(Series::model, NATURAL)
          .thenComparing(Series::method, NATURAL)
          .thenComparing(Series::variant, NATURAL);

  static Series of(String experiment, CycleRow row) {
    return new Series(
        experiment, row.getDataset(), row.getModel(), row.getMethod(), row.getVariant());
  }

  static Series of(String experiment, EpochRow row) {
    return new Series(
        experiment, row.getDataset(), row.getModel(), row.getMethod(), row.getVariant());
  }

  static Series of(String experiment, LayerRow row) {
    return new Series(
        experiment, row.getDataset(), row.getModel(), row.getMethod(), row.getVariant());
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }

  /**
   * A unique label of each, in order: the method, behind those of experiment, data set and model in
   * which the series differ, and before its variant.
   */
  static Map<Series, String> labels(Collection<Series> all) {
    List<Function<Series, String>> telling = new ArrayList<>();
    for (Function<Series, String> part :
        List.<Function<Series, String>>of(Series::experiment, Series::dataset, Series::model)) {
      if (all.stream().map(part).distinct().count() > 1) {
        telling.add(part);
      }
    }
    telling.add(Series::method);
    telling.add(Series::variant);
    Map<Series, String> labels = new LinkedHashMap<>();
    all.stream()
        .sorted()
        .distinct()
        .forEach(
            series ->
                labels.put(
                    series,
                    String.join(
                        " · ",
                        telling.stream()
                            .map(part -> part.apply(series))
                            .filter(text -> !text.isEmpty())
                            .toList())));
    return labels;
  }
}
