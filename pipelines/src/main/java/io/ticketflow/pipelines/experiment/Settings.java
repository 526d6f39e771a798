package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.spec.KeyType;
import io.ticketflow.spec.UserException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values by full key, each checked and in its one form.
 *
 * @param values such as training.epochs to 10, in the order of the specification
 */
public record Settings(Map<String, JsonNode> values) {
  static final Settings NONE = new Settings(Map.of());

  public Settings {
    Map<String, JsonNode> ordered = new LinkedHashMap<>();
    for (String key : KnownKeys.TYPES.keySet()) {
      if (values.containsKey(key)) {
        ordered.put(key, values.get(key));
      }
    }
    values = Collections.unmodifiableMap(ordered);
  }

  /**
   * The settings of a tree, whose keys may be nested, dotted or both.
   *
   * @param where names the tree in messages
   * @param extra other keys that may stand beside, for suggestions only
   * @throws UserException naming key and nearest known key, or key and value
   */
  static Settings of(String where, JsonNode tree, Collection<String> extra) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    collect(where, "", tree, extra, values);
    return new Settings(values);
  }

  private static void collect(
      String where,
      String prefix,
      JsonNode tree,
      Collection<String> extra,
      Map<String, JsonNode> values) {
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String key = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (KnownKeys.TYPES.containsKey(key)) {
        if (values.put(key, read(where, key, value)) != null) {
          throw new UserException(where + ": " + key + " is given twice");
        }
      } else if (!KnownKeys.SECTIONS.contains(key)) {
        throw KnownKeys.unknown(where, key, extra);
      } else if (value.isObject()) {
        collect(where, key + ".", value, extra, values);
      } else if (!KeyType.isNothing(value)) {
        throw new UserException(
            where
                + ": "
                + key
                + " must be a map of keys such as "
                + firstKeyOf(key)
                + ", got "
                + KeyType.inWords(value));
      }
    }
  }

  /** The checked value of one key. */
  static JsonNode read(String where, String key, JsonNode value) {
    try {
      return Objects.requireNonNull(KnownKeys.TYPES.get(key), key).read(key, value);
    } catch (UserException e) {
      throw new UserException(where + ": " + e.getMessage());
    }
  }

  private static String firstKeyOf(String section) {
    return KnownKeys.TYPES.keySet().stream()
        .filter(key -> key.startsWith(section + "."))
        .findFirst()
        .orElse(section);
  }

  /** These settings, and the lower ones where these say nothing. */
  Settings over(Settings lower) {
    Map<String, JsonNode> merged = new LinkedHashMap<>(lower.values);
    merged.putAll(values);
    return new Settings(merged);
  }

  /** Whether a key has that value. */
  boolean has(String key, JsonNode value) {
    return value.equals(values.get(key));
  }

  /** Nested, as a file has it. */
  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (key, value) -> {
          int dot = key.lastIndexOf('.');
          ObjectNode section =
              dot < 0 ? tree : tree.withObject("/" + key.substring(0, dot).replace('.', '/'));
          section.set(key.substring(dot + 1), value);
        });
    return tree;
  }
}
