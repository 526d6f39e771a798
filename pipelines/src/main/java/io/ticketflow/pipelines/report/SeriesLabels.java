package io.ticketflow.pipelines.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What series are called beside one another: their method, and what else they differ in. An axis
 * has the end of its key as its name, as much of it as tells it from the other axes.
 */
public final class SeriesLabels {
  private static final String METHOD = "method";
  private static final String AXIS = "axis ";

  private SeriesLabels() {}

  /** A label for each series, in order: no two alike, no value cut short. */
  public static Map<Series, String> whole(Collection<Series> all) {
    return labels(all, values -> Map.of());
  }

  /** Likewise, where there is little room: of long values only that in which they differ. */
  public static Map<Series, String> brief(Collection<Series> all) {
    return labels(all, Differing::of);
  }

  /** What the names of axes stand for, a sentence; empty where all are written out. */
  static String note(Collection<Series> all) {
    Map<String, String> names = new TreeMap<>();
    axes(told(columns(all))).forEach((key, name) -> names.put(name, key));
    return names.entrySet().stream()
        .filter(name -> !name.getKey().equals(name.getValue()))
        .map(name -> name.getKey() + " is " + name.getValue())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), text -> text.isEmpty() ? "" : "Here " + text + "."));
  }

  private static Map<Series, String> labels(
      Collection<Series> all, Function<Set<String>, Map<String, String>> words) {
    Map<Series, Map<String, String>> columns = columns(all);
    Map<String, Set<String>> told = told(columns);
    Map<String, String> axes = axes(told);
    Map<String, Map<String, String>> shorter = new LinkedHashMap<>();
    told.forEach((column, values) -> shorter.put(column, words.apply(values)));
    Map<Series, String> labels = new LinkedHashMap<>();
    columns.forEach(
        (series, values) -> {
          List<String> before = new ArrayList<>();
          List<String> point = new ArrayList<>();
          values.forEach(
              (column, value) -> {
                if (told.containsKey(column) && !value.isEmpty()) {
                  String word = shorter.getOrDefault(column, Map.of()).getOrDefault(value, value);
                  if (column.startsWith(AXIS)) {
                    String name = axes.getOrDefault(column.substring(AXIS.length()), "");
                    point.add(name.isEmpty() ? word : name + "=" + word);
                  } else {
                    before.add(word);
                  }
                }
              });
          if (!point.isEmpty()) {
            before.add(String.join(", ", point));
          }
          labels.put(series, String.join(" · ", before));
        });
    return labels;
  }

  /** The parts of each series, in order. */
  private static Map<Series, Map<String, String>> columns(Collection<Series> all) {
    Map<Series, Map<String, String>> columns = new LinkedHashMap<>();
    for (Series series : new TreeSet<>(all)) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("experiment", series.experiment());
      values.put("dataset", series.dataset());
      values.put("model", series.model());
      values.put(METHOD, series.method());
      series.axes().forEach((key, value) -> values.put(AXIS + key, value));
      columns.put(series, values);
    }
    return columns;
  }

  /** The columns that are shown, and the values of each. */
  private static Map<String, Set<String>> told(Map<Series, Map<String, String>> columns) {
    Map<String, Set<String>> told = new LinkedHashMap<>();
    Map<String, Integer> uses = new LinkedHashMap<>();
    for (Map<String, String> values : columns.values()) {
      values.forEach(
          (column, value) -> {
            told.computeIfAbsent(column, c -> new TreeSet<>()).add(value);
            uses.merge(column, 1, Integer::sum);
          });
    }
    told.entrySet()
        .removeIf(
            column ->
                !column.getKey().equals(METHOD)
                    && column.getValue().size() == 1
                    && uses.getOrDefault(column.getKey(), 0) == columns.size()
                    && !(columns.size() == 1 && column.getKey().startsWith(AXIS)));
    return told;
  }

  /** For the key of each axis its shortest end that is the end of no other. */
  private static Map<String, String> axes(Map<String, Set<String>> told) {
    List<String> keys =
        told.keySet().stream()
            .filter(column -> column.startsWith(AXIS))
            .map(column -> column.substring(AXIS.length()))
            .toList();
    Map<String, String> names = new LinkedHashMap<>();
    for (String key : keys) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      while (!name.equals(key) && isEndOfSeveral(name, keys)) {
        name = key.substring(key.lastIndexOf('.', key.length() - name.length() - 2) + 1);
      }
      names.put(key, name);
    }
    return names;
  }

  private static boolean isEndOfSeveral(String name, List<String> keys) {
    return keys.stream().filter(key -> ("." + key).endsWith("." + name)).count() > 1;
  }
}
