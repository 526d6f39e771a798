package io.ticketflow.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Values by full key, each checked and in its one form.
 *
 * @param values such as training.epochs to 10, in the order of the specification
 */
public record Settings(Map<String, JsonNode> values) {
  /** No key has a value. */
  public static final Settings NONE = new Settings(Map.of());

  public Settings {
    Map<String, JsonNode> ordered = new LinkedHashMap<>();
    for (String key : KnownKeys.TYPES.keySet()) {
      if (values.containsKey(key)) {
        ordered.put(key, values.get(key));
      }
    }
    values = Collections.unmodifiableMap(ordered);
  }

  /** The value of every key, where no other source sets one. */
  public static Settings defaults() {
    return ofResource(Settings.class, "defaults.yaml", "defaults.yaml");
  }

  /**
   * The settings of a file that travels with the program.
   *
   * @param beside a class in the folder where the file lies
   * @param where names it in messages
   */
  public static Settings ofResource(Class<?> beside, String resource, String where) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      byte[] text = Objects.requireNonNull(in, resource).readAllBytes();
      return parse(where, new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a text of YAML; {@code where} names it in messages. */
  public static Settings parse(String where, String yaml) {
    return of(where, YamlText.read(where, yaml), List.of());
  }

  /**
   * The settings of a tree, whose keys may be nested, dotted or both.
   *
   * @param where names the tree in messages
   * @param extra other keys that may stand beside, for suggestions only
   * @throws UserException naming key and nearest known key, or key and value
   */
  public static Settings of(String where, JsonNode tree, Collection<String> extra) {
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
          throw UserException.of("%s: %s is given twice", where, key);
        }
      } else if (!KnownKeys.SECTIONS.contains(key)) {
        throw KnownKeys.unknown(where, key, extra);
      } else if (value.isObject()) {
        collect(where, key + ".", value, extra, values);
      } else if (!KeyType.isNothing(value)) {
        throw UserException.of(
            "%s: %s must be a map of keys such as %s, got %s",
            where, key, firstKeyOf(key), KeyType.inWords(value));
      }
    }
  }

  /** The checked value of one key. */
  public static JsonNode read(String where, String key, JsonNode value) {
    try {
      return Objects.requireNonNull(KnownKeys.TYPES.get(key), key).read(key, value);
    } catch (UserException e) {
      throw UserException.of("%s: %s", where, e.getMessage());
    }
  }

  private static String firstKeyOf(String section) {
    return KnownKeys.TYPES.keySet().stream()
        .filter(key -> key.startsWith(section + "."))
        .findFirst()
        .orElse(section);
  }

  /** These settings, and the lower ones where these say nothing. */
  public Settings over(Settings lower) {
    Map<String, JsonNode> merged = new LinkedHashMap<>(lower.values);
    merged.putAll(values);
    return new Settings(merged);
  }

  /** Whether a key has that value. */
  public boolean has(String key, JsonNode value) {
    return value.equals(values.get(key));
  }

  /**
   * The run that these settings say, of data that is not yet digested.
   *
   * @throws UserException naming key and value, if a key is missing or out of its range
   */
  public RunSpec run(long seed) {
    ObjectNode tree = tree().put("seed", seed).put("budgetEpochs", 0);
    tree.withObject("/data").put("digest", "");
    return CanonicalJson.bind(tree, RunSpec.class);
  }

  /** Nested, as a file has it. */
  public ObjectNode tree() {
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
