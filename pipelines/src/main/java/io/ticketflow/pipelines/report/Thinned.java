package io.ticketflow.pipelines.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The points of a chart, fewer where a browser could not draw them all.
 *
 * @param notes what was left out, a sentence each
 */
record Thinned<T>(List<T> points, List<String> notes) {
  /** Points of one chart that a browser draws without delay. */
  static final int MOST_POINTS = 5000;

  /** Small charts beside one another, one a series. */
  static final int MOST_SERIES = 24;

  /**
   * The first {@link #MOST_SERIES} series; of these at most {@link #MOST_POINTS} points: first
   * fewer within each cycle, if these are ordered, then fewer cycles. First and last always stay.
   *
   * @param all series, their cycles, the points of each
   * @param within what follows one another within a cycle, such as epoch; empty if all shall stay
   */
  static <T> Thinned<T> of(List<List<List<T>>> all, String within) {
    List<String> notes = new ArrayList<>();
    List<List<List<T>>> series = all;
    if (all.size() > MOST_SERIES) {
      series = all.subList(0, MOST_SERIES);
      notes.add("The first " + MOST_SERIES + " of " + all.size() + " series are drawn.");
    }
    if (!within.isEmpty()) {
      List<List<T>> cycles = series.stream().flatMap(List::stream).toList();
      int step = 1;
      while (count(step, cycles) > MOST_POINTS && step < longest(cycles)) {
        step++;
      }
      int chosen = step;
      series = series.stream().map(s -> s.stream().map(c -> every(chosen, c)).toList()).toList();
      note(step, within, notes);
    }
    int step = 1;
    while (countOfCycles(step, series) > MOST_POINTS && step < longest(series)) {
      step++;
    }
    note(step, "cycle", notes);
    List<T> points = new ArrayList<>();
    for (List<List<T>> cycles : series) {
      every(step, cycles).forEach(points::addAll);
    }
    return new Thinned<>(points, notes);
  }

  /** Rows of panels by their series and cycle, whole cycles as long as there is room. */
  static Thinned<Map<String, Object>> ofRows(List<Map<String, Object>> rows) {
    Map<Object, Map<Integer, List<Map<String, Object>>>> panels = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      panels
          .computeIfAbsent(row.getOrDefault("series", ""), panel -> new TreeMap<>())
          .computeIfAbsent((Integer) row.getOrDefault("cycle", 0), cycle -> new ArrayList<>())
          .add(row);
    }
    List<List<List<Map<String, Object>>>> all = new ArrayList<>();
    panels.values().forEach(cycles -> all.add(List.copyOf(cycles.values())));
    return of(all, "");
  }

  /** The last and each {@code step}th before it, and the first. */
  static <E> List<E> every(int step, List<E> all) {
    List<E> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i == 0 || (all.size() - 1 - i) % step == 0) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  /**
   * The least step with which {@link #every} keeps at most so many.
   *
   * @param most at least 2
   */
  static int step(int count, int most) {
    return Math.max(1, (count - 1 + most - 2) / (most - 1));
  }

  private static void note(int step, String what, List<String> notes) {
    if (step > 1) {
      notes.add("One " + what + " in " + step + " is drawn.");
    }
  }

  private static <E> long count(int step, List<List<E>> lists) {
    return lists.stream().mapToLong(list -> every(step, list).size()).sum();
  }

  private static <T> long countOfCycles(int step, List<List<List<T>>> series) {
    return series.stream()
        .flatMap(cycles -> every(step, cycles).stream())
        .mapToLong(List::size)
        .sum();
  }

  private static int longest(List<? extends List<?>> lists) {
    return lists.stream().mapToInt(List::size).max().orElse(1);
  }
}
