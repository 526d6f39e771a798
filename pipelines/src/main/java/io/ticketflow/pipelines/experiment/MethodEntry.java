package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.layers.Layers;
import io.ticketflow.pipelines.layers.Presets;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One method of an experiment.
 *
 * @param label its name in the results
 * @param method the preset's name
 * @param layers what the preset sets, under what the entry itself sets
 */
public record MethodEntry(String label, String method, Layers layers) {
  private static final List<String> OWN_KEYS = List.of("method", "as");

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+ -]{0,99}");

  /** Stands for all of them, the one that the others are compared with first. */
  static final String EVERY_PRESET = "every preset";

  private static final String FIRST = "imp";

  /**
   * The entries under {@code methods}: names of presets, {@code every preset}, or maps of a
   * preset's name and keys.
   */
  static List<MethodEntry> listOf(String where, JsonNode methods) {
    List<MethodEntry> entries = new ArrayList<>();
    for (JsonNode entry : methods.isArray() ? methods : List.of(methods)) {
      if (entry.isTextual() && entry.textValue().equals(EVERY_PRESET)) {
        entries.add(of(where, FIRST));
        Presets.names().stream()
            .filter(name -> !name.equals(FIRST))
            .forEach(name -> entries.add(of(where, name)));
      } else if (methods.isArray() || !KeyType.isNothing(entry)) {
        entries.add(of(where, entry));
      }
    }
    if (entries.isEmpty()) {
      throw new UserException(
          where + ": methods must name at least one method, such as methods: [imp, swamp]");
    }
    Set<String> labels = new HashSet<>();
    for (MethodEntry entry : entries) {
      if (!labels.add(entry.label)) {
        throw UserException.of(
            "%s: two methods are labelled %s; give one of them another label, such as as: "
                + "%s-2",
            where, entry.label, entry.label);
      }
    }
    return List.copyOf(entries);
  }

  private static MethodEntry of(String where, String preset) {
    return new MethodEntry(preset, preset, presetOf(where, preset));
  }

  private static MethodEntry of(String where, JsonNode entry) {
    if (entry.isTextual()) {
      return of(where, entry.textValue());
    }
    if (!(entry instanceof ObjectNode map)) {
      throw UserException.of(
          "%s: methods must hold names of methods or maps with a key method, got %s",
          where, KeyType.inWords(entry));
    }
    String method = text(where, "method", map.path("method"));
    String label = map.has("as") ? label(where, map.path("as")) : method;
    Layers preset = presetOf(where, method);
    ObjectNode rest = map.deepCopy().remove(OWN_KEYS);
    Settings own = Settings.of(where + ", method " + label, rest, OWN_KEYS);
    return new MethodEntry(label, method, Layers.of(where, own).over(preset));
  }

  private static Layers presetOf(String where, String method) {
    return Layers.of("preset " + method, Presets.of(where, method));
  }

  /** Labels stand in file names, tables and options: letters, digits and a few signs only. */
  private static String label(String where, JsonNode value) {
    String label = text(where, "as", value);
    if (!LABEL.matcher(label).matches()) {
      throw UserException.of(
          "%s: as of an entry of methods must be at most 100 letters (a to z), digits, "
              + "spaces and . _ = + -, a letter or digit first, got %s",
          where, KeyType.inWords(value));
    }
    return label;
  }

  private static String text(String where, String key, JsonNode value) {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw UserException.of(
          "%s: %s of an entry of methods must be a name, got %s",
          where, key, KeyType.inWordsOfName(value));
    }
    return value.textValue();
  }

  MethodEntry with(Settings overrides) {
    return new MethodEntry(label, method, Layers.of(Overrides.SOURCE, overrides).over(layers));
  }

  /** What the method sets over the experiment's body. */
  Settings pins() {
    return layers.settings();
  }

  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("method", method).put("as", label);
    tree.setAll(pins().tree());
    return tree;
  }
}
