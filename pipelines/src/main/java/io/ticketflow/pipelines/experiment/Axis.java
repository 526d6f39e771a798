package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.KnownKeys;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key of the configuration, and the values that a sweep gives it.
 *
 * @param key its full name
 * @param values checked, in the file's order, no two alike
 */
public record Axis(String key, List<JsonNode> values) {
  /** The axes under {@code axes}. */
  static List<Axis> listOf(String where, JsonNode axes) {
    List<Axis> list = new ArrayList<>();
    if (KeyType.isNothing(axes)) {
      return list;
    }
    if (!axes.isObject()) {
      throw UserException.of(
          "%s: axes must be a map from keys to lists, such as training.epochs: [10, 20], "
              + "got %s",
          where, KeyType.inWords(axes));
    }
    axes.properties().forEach(axis -> list.add(of(where, axis.getKey(), axis.getValue())));
    return list;
  }

  private static Axis of(String where, String key, JsonNode values) {
    if (key.equals("seed")
        || key.equals("seeds")
        || key.equals("method")
        || key.equals("methods")) {
      String listed = key.endsWith("s") ? key : key + "s";
      throw UserException.of(
          "%s: %s is no axis; list them under %s, beside axes", where, key, listed);
    }
    if (KnownKeys.SECTIONS.contains(key)) {
      throw UserException.of(
          "%s: axes.%s is a section; an axis is the full name of one key, such as "
              + "training.epochs",
          where, key);
    }
    if (!KnownKeys.TYPES.containsKey(key)) {
      throw KnownKeys.unknown(where + ", axes", key, List.of());
    }
    if (!values.isArray() || values.isEmpty()) {
      throw UserException.of(
          "%s: axes.%s must be a list of values, got %s", where, key, KeyType.inWords(values));
    }
    List<JsonNode> checked = new ArrayList<>();
    for (JsonNode value : values) {
      JsonNode canonical = Settings.read(where + ", axes", key, value);
      if (checked.contains(canonical)) {
        throw UserException.of("%s: axes.%s has %s twice", where, key, KeyType.inWords(value));
      }
      checked.add(canonical);
    }
    return new Axis(key, List.copyOf(checked));
  }

  /** Every combination of the axes' values, the last axis fastest; one empty point without axes. */
  static List<Settings> product(List<Axis> axes) {
    List<Map<String, JsonNode>> points = List.of(Map.of());
    for (Axis axis : axes) {
      List<Map<String, JsonNode>> longer = new ArrayList<>();
      for (Map<String, JsonNode> point : points) {
        for (JsonNode value : axis.values) {
          Map<String, JsonNode> next = new LinkedHashMap<>(point);
          next.put(axis.key, value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points.stream().map(Settings::new).toList();
  }
}
