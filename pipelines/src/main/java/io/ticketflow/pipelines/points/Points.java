package io.ticketflow.pipelines.points;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The points of a sweep: for each, the values of the keys that it sets.
 *
 * @param all no two alike, in order; one that sets nothing if nothing is swept
 */
public record Points(List<Settings> all) {
  private static final int MOST = 100_000;

  private static final Set<String> PARTS = Set.of("cross", "zip", "exclude", "include");

  public Points {
    all = List.copyOf(all);
  }

  /**
   * The points that a file's {@code axes} and {@code sweep} make together. Axes and {@code cross}
   * are combined with each other, the last fastest; the keys of a {@code zip} go side by side.
   * Points that agree with an entry of {@code exclude} go; those of {@code include} come at the end
   * as they are.
   *
   * @throws UserException naming key and value of what is wrong, an exclusion of nothing included
   */
  public static Points of(String where, JsonNode axes, JsonNode sweep) {
    if (!KeyType.isNothing(sweep) && !sweep.isObject()) {
      throw UserException.of(
          "%s: sweep must be a map of cross, zip, exclude and include, got %s",
          where, KeyType.inWords(sweep));
    }
    sweep
        .fieldNames()
        .forEachRemaining(
            part -> {
              if (!PARTS.contains(part)) {
                throw UserException.of(
                    "%s: sweep has cross, zip, exclude and include, not %s; single keys stand"
                        + " under axes or sweep.cross",
                    where, part);
              }
            });
    List<List<Settings>> factors = new ArrayList<>();
    Axis.listOf(where, "axes", axes).forEach(axis -> factors.add(valuesOf(axis)));
    Axis.listOf(where, "sweep.cross", sweep.path("cross"))
        .forEach(axis -> factors.add(valuesOf(axis)));
    for (JsonNode zip : listOf(sweep.path("zip"))) {
      List<Settings> rows = zipped(where, Axis.listOf(where, "sweep.zip", zip));
      if (!rows.isEmpty()) {
        factors.add(rows);
      }
    }
    List<Settings> points = product(where, factors);
    List<Settings> included = entries(where, "sweep.include", sweep.path("include"));
    if (factors.isEmpty() && !included.isEmpty()) {
      points.clear(); // not the point that sets nothing
    }
    for (Settings pattern : entries(where, "sweep.exclude", sweep.path("exclude"))) {
      if (!points.removeIf(point -> agrees(point, pattern))) {
        throw UserException.of(
            "%s: sweep.exclude: no point has %s", where, KeyType.inWords(pattern.tree()));
      }
    }
    points.addAll(included);
    if (points.isEmpty()) {
      throw UserException.of("%s: sweep.exclude leaves no point of the sweep", where);
    }
    Set<Settings> seen = new LinkedHashSet<>();
    for (Settings point : points) {
      if (!seen.add(point)) {
        throw UserException.of("%s: the sweep has %s twice", where, KeyType.inWords(point.tree()));
      }
    }
    return new Points(points);
  }

  /** The swept keys, each with the different values that it takes. */
  public List<Axis> axes() {
    Map<String, Set<JsonNode>> values = new LinkedHashMap<>();
    for (Settings point : all) {
      point
          .values()
          .forEach(
              (key, value) -> values.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value));
    }
    return values.entrySet().stream()
        .map(axis -> new Axis(axis.getKey(), List.copyOf(axis.getValue())))
        .toList();
  }

  private static List<Settings> valuesOf(Axis axis) {
    return axis.values().stream().map(value -> new Settings(Map.of(axis.key(), value))).toList();
  }

  private static List<Settings> zipped(String where, List<Axis> axes) {
    List<Settings> rows = new ArrayList<>();
    for (Axis axis : axes) {
      if (axis.values().size() != axes.get(0).values().size()) {
        throw UserException.of(
            "%s: the lists of a zip are as long as each other; sweep.zip.%s has %d values, %s has"
                + " %d",
            where,
            axes.get(0).key(),
            axes.get(0).values().size(),
            axis.key(),
            axis.values().size());
      }
    }
    for (int i = 0; !axes.isEmpty() && i < axes.get(0).values().size(); i++) {
      Map<String, JsonNode> row = new LinkedHashMap<>();
      for (Axis axis : axes) {
        row.put(axis.key(), axis.values().get(i));
      }
      rows.add(new Settings(row));
    }
    return rows;
  }

  private static List<Settings> product(String where, List<List<Settings>> factors) {
    List<Settings> points = new ArrayList<>(List.of(Settings.NONE));
    Set<String> keys = new LinkedHashSet<>();
    for (List<Settings> factor : factors) {
      for (String key : factor.isEmpty() ? Set.<String>of() : factor.get(0).values().keySet()) {
        if (!keys.add(key)) {
          throw UserException.of("%s: %s is swept twice", where, key);
        }
      }
      if ((long) points.size() * factor.size() > MOST) {
        throw UserException.of("%s: the sweep has more than %s points", where, MOST);
      }
      List<Settings> longer = new ArrayList<>();
      points.forEach(point -> factor.forEach(value -> longer.add(value.over(point))));
      points = longer;
    }
    return points;
  }

  private static List<Settings> entries(String where, String part, JsonNode given) {
    List<Settings> entries = new ArrayList<>();
    for (JsonNode entry : listOf(given)) {
      if (!entry.isObject() || entry.isEmpty()) {
        throw UserException.of(
            "%s: %s must be a list of maps from keys to values, got %s",
            where, part, KeyType.inWords(given));
      }
      entries.add(Settings.of(where + ", " + part, entry, List.of()));
    }
    return entries;
  }

  private static Iterable<JsonNode> listOf(JsonNode given) {
    return KeyType.isNothing(given) ? List.of() : given.isArray() ? given : List.of(given);
  }

  private static boolean agrees(Settings point, Settings pattern) {
    return pattern.values().entrySet().stream()
        .allMatch(value -> point.has(value.getKey(), value.getValue()));
  }
}
