package io.ticketflow.pipelines.points;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.KnownKeys;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of the configuration, and the values that a sweep gives it.
 *
 * @param key its full name
 * @param values checked, in the file's order, no two alike
 */
public record Axis(String key, List<JsonNode> values) {
  /**
   * The axes of a map from keys to lists or ranges.
   *
   * @param map its name in the file, such as axes
   */
  static List<Axis> listOf(String where, String map, JsonNode axes) {
    List<Axis> list = new ArrayList<>();
    if (KeyType.isNothing(axes)) {
      return list;
    }
    if (!axes.isObject()) {
      throw UserException.of(
          "%s: %s must be a map from keys to lists, such as training.epochs: [10, 20], got %s",
          where, map, KeyType.inWords(axes));
    }
    axes.properties().forEach(axis -> list.add(of(where, map, axis.getKey(), axis.getValue())));
    return list;
  }

  private static Axis of(String where, String map, String key, JsonNode given) {
    checkKey(where, map, key);
    JsonNode values = Range.listed(where + ", " + map + "." + key, given);
    if (!values.isArray() || values.isEmpty()) {
      throw UserException.of(
          "%s: %s.%s must be a list of values or a range, got %s",
          where, map, key, KeyType.inWords(values));
    }
    List<JsonNode> checked = new ArrayList<>();
    for (JsonNode value : values) {
      JsonNode canonical = Settings.read(where + ", " + map, key, value);
      if (checked.contains(canonical)) {
        throw UserException.of("%s: %s.%s has %s twice", where, map, key, KeyType.inWords(value));
      }
      checked.add(canonical);
    }
    return new Axis(key, List.copyOf(checked));
  }

  /** Refuses what a sweep cannot give values to. */
  static void checkKey(String where, String map, String key) {
    if (key.equals("seed")
        || key.equals("seeds")
        || key.equals("method")
        || key.equals("methods")) {
      String listed = key.endsWith("s") ? key : key + "s";
      throw UserException.of(
          "%s: %s is no axis; list them under %s, beside %s", where, key, listed, map);
    }
    if (KnownKeys.SECTIONS.contains(key)) {
      throw UserException.of(
          "%s: %s.%s is a section; an axis is the full name of one key, such as training.epochs",
          where, map, key);
    }
    if (!KnownKeys.TYPES.containsKey(key)) {
      throw KnownKeys.unknown(where + ", " + map, key, List.of());
    }
  }
}
