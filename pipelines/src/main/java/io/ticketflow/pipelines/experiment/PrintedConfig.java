package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.layers.Layers;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An experiment with nothing left open, and beside each value where it comes from. */
public final class PrintedConfig {
  private static final int COLUMN = 44;

  private final List<String> lines = new ArrayList<>();
  private final ExperimentFile file;

  private PrintedConfig(ExperimentFile file) {
    this.file = file;
  }

  /**
   * Lines of YAML that {@link ExperimentFile#read} takes for the same experiment. A comment names
   * the file, the preset or the command line that sets the value, or says default.
   */
  public static List<String> of(ExperimentFile file) {
    PrintedConfig printed = new PrintedConfig(file);
    ObjectNode tree = Resolved.tree(file);
    for (String key : ExperimentFile.HEAD_KEYS) {
      if (key.equals("methods")) {
        printed.methods();
      } else if (tree.has(key) && !(tree.get(key).isObject() && tree.get(key).isEmpty())) {
        printed.head(key, tree.get(key));
      }
    }
    printed.section(
        "", file.body().over(Layers.of("default", Settings.defaults())), Settings.defaults());
    return List.copyOf(printed.lines);
  }

  private void head(String key, JsonNode value) {
    String source =
        file.sources().getOrDefault(key, key.equals("name") ? "the file's name" : "default");
    line(key + ": " + flow(value), source);
  }

  private void methods() {
    lines.add("methods:");
    for (MethodEntry entry : file.methods()) {
      String source = file.sources().getOrDefault("methods", file.where());
      line("  - method: " + entry.method(), source);
      line("    as: " + flow(YamlText.read("as", "\"" + entry.label() + "\"")), source);
      section("    ", entry.layers(), entry.pins());
    }
  }

  private void section(String indent, Layers layers, Settings keys) {
    section(indent, "", layers, layers.settings().over(keys).tree());
  }

  private void section(String indent, String prefix, Layers layers, JsonNode tree) {
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String key = prefix + field.getKey();
      if (field.getValue().isObject()) {
        lines.add(indent + field.getKey() + ":");
        section(indent + "  ", key + ".", layers, field.getValue());
      } else {
        line(indent + field.getKey() + ": " + flow(field.getValue()), layers.sourceOf(key));
      }
    }
  }

  private void line(String text, String source) {
    lines.add(String.format(Locale.ROOT, "%-" + COLUMN + "s # %s", text, source));
  }

  /** On one line: what JSON is, YAML is too. */
  private static String flow(JsonNode value) {
    JsonNode plain = Resolved.plain(value);
    return plain.isContainerNode()
        ? plain.toString()
        : YamlText.write(plain).replaceFirst("^---\\s*", "").strip();
  }
}
