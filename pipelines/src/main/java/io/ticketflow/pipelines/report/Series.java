package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.LayerRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What seeds are averaged over: one method at one point of the sweep. */
public record Series(String experiment, String dataset, String model, String method, String variant)
    implements Comparable<Series> {
  private static final Pattern AXES = Pattern.compile(",(?=[A-Za-z][\\w.]*=)");
  private static final Comparator<String> NATURAL = new NaturalOrder();
  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::experiment, NATURAL)
          .thenComparing(Series::dataset, NATURAL)
          .thenComparing(Series::model, NATURAL)
          .thenComparing(Series::method, NATURAL)
          .thenComparing(Series::variant, NATURAL);

  /** The series that a row belongs to. */
  public static Series of(String experiment, CycleRow row) {
    return new Series(
        experiment, row.getDataset(), row.getModel(), row.getMethod(), row.getVariant());
  }

  static Series of(String experiment, BudgetRow row) {
    return new Series(experiment, "", "", row.getMethod(), row.getVariant());
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

  /** The variant's axes and their values, in its order; a part without a key has an empty one. */
  Map<String, String> axes() {
    Map<String, String> axes = new LinkedHashMap<>();
    for (String part : variant.isEmpty() ? List.<String>of() : List.of(AXES.split(variant))) {
      int sign = part.indexOf('=');
      axes.merge(
          sign < 0 ? "" : part.substring(0, sign), part.substring(sign + 1), (a, b) -> a + "," + b);
    }
    return axes;
  }
}
