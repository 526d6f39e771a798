package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line changes in an experiment's file; of two for one key the later holds.
 *
 * @param head name, methods, seeds and axes, replaced whole
 * @param axes single axes, replaced or added
 * @param body keys of the configuration
 * @param entries texts and values of {@code methods.LABEL.key=value}, in order
 */
public record Overrides(
    Map<String, JsonNode> head,
    Map<String, JsonNode> axes,
    Settings body,
    List<Map.Entry<String, JsonNode>> entries) {
  /** Names this source of values. */
  static final String SOURCE = "command line";

  private static final String AXES = "axes.";
  private static final String METHODS = "methods.";

  /** Reads {@code key=value} texts, the values as YAML. */
  public static Overrides parse(List<String> texts) {
    Map<String, JsonNode> head = new LinkedHashMap<>();
    Map<String, JsonNode> axes = new LinkedHashMap<>();
    Settings body = Settings.NONE;
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>();
    for (String text : texts) {
      String where = "override " + text;
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new UserException(where + ": an override is key=value, such as training.epochs=3");
      }
      String key = text.substring(0, equals).strip();
      JsonNode value = YamlText.readValue(where, text.substring(equals + 1));
      if (value.isMissingNode()) {
        value = TextNode.valueOf("");
      }
      if (ExperimentFile.HEAD_KEYS.contains(key)) {
        head.put(key, value);
      } else if (key.startsWith(AXES)) {
        axes.put(key.substring(AXES.length()), value);
      } else if (key.startsWith(METHODS)) {
        entries.add(Map.entry(text, value));
      } else {
        body = Settings.of(where, leaf(key, value), ExperimentFile.HEAD_KEYS).over(body);
      }
    }
    return new Overrides(head, axes, body, entries);
  }

  /** The file's tree with name, methods, seeds and axes replaced. */
  ObjectNode headOf(ObjectNode file) {
    ObjectNode changed = file.deepCopy();
    changed.setAll(head);
    if (!axes.isEmpty()) {
      JsonNode before = changed.path("axes");
      ObjectNode after =
          before instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
      changed.set("axes", after.setAll(axes));
    }
    return changed;
  }

  /** The entries with what {@code methods.LABEL.key=value} sets. */
  List<MethodEntry> entriesOf(List<MethodEntry> given) {
    List<MethodEntry> changed = new ArrayList<>(given);
    for (Map.Entry<String, JsonNode> override : entries) {
      String where = "override " + override.getKey();
      String path =
          override.getKey().substring(METHODS.length(), override.getKey().indexOf('=')).strip();
      // Labels may hold dots: the longest that fits is meant.
      Optional<MethodEntry> entry =
          given.stream()
              .filter(candidate -> path.startsWith(candidate.label() + "."))
              .max(Comparator.comparingInt(candidate -> candidate.label().length()));
      if (entry.isEmpty()) {
        List<String> labels = given.stream().map(MethodEntry::label).toList();
        throw UserException.of(
            "%s: the experiment has no method of that label; its methods are %s",
            where, String.join(", ", labels));
      }
      int at = given.indexOf(entry.get());
      String key = path.substring(entry.get().label().length() + 1);
      Settings settings = Settings.of(where, leaf(key, override.getValue()), List.of());
      changed.set(at, changed.get(at).with(settings));
    }
    return List.copyOf(changed);
  }

  private static ObjectNode leaf(String key, JsonNode value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set(key, value);
    return tree;
  }
}
