package io.ticketflow.pipelines.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Values that belong together, such as those of all seeds, by the name of what was measured.
 *
 * @param <K> what they have in common
 */
final class Gathered<K> {
  private final Map<K, Map<String, List<Double>>> all = new LinkedHashMap<>();

  /** Adds a value. */
  void add(K key, String name, double value) {
    all.computeIfAbsent(key, k -> new HashMap<>())
        .computeIfAbsent(name, n -> new ArrayList<>())
        .add(value);
  }

  /** One key's values. */
  record Values(Map<String, List<Double>> byName) {
    /** The spread of the finite ones of a name. */
    Optional<Spread> spread(String name) {
      return Spread.of(byName.getOrDefault(name, List.of()));
    }

    /** Writes mean, least and greatest of a name; nothing if none is finite. */
    void put(Map<String, Object> row, String name) {
      spread(name)
          .ifPresent(
              spread -> {
                row.put("mean", spread.mean());
                row.put("min", spread.min());
                row.put("max", spread.max());
                row.put("count", spread.count());
              });
    }

    /** Writes the mean of a name, if there is one. */
    void putMean(Map<String, Object> row, String name) {
      spread(name).ifPresent(spread -> row.put(name, spread.mean()));
    }
  }

  /** A row a key, in the order in which keys came. */
  List<Map<String, Object>> rows(BiFunction<K, Values, Map<String, Object>> row) {
    List<Map<String, Object>> rows = new ArrayList<>();
    all.forEach(
        (key, values) -> rows.add(row.apply(key, new Values(Collections.unmodifiableMap(values)))));
    return rows;
  }
}
