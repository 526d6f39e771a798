package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import java.math.BigDecimal;

/** An experiment's file with nothing left open. */
public final class Resolved {
  private Resolved() {}

  /** Name, methods with all that they pin, seeds, axes and every key of the configuration. */
  public static ObjectNode tree(ExperimentFile file) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    ObjectNode tree = nodes.objectNode().put("name", file.name());
    ArrayNode methods = tree.putArray("methods");
    file.methods().forEach(entry -> methods.add(entry.tree()));
    ArrayNode seeds = tree.putArray("seeds");
    file.seeds().forEach(seeds::add);
    if (file.isSwept()) {
      ArrayNode points = tree.putObject("sweep").putArray("include");
      file.points().all().forEach(point -> points.add(point.tree()));
    } else {
      ObjectNode axes = tree.putObject("axes");
      file.points().axes().forEach(axis -> axes.putArray(axis.key()).addAll(axis.values()));
    }
    if (!file.budget().equals(Budget.OWN)) {
      tree.set("budget", file.budget().tree());
    }
    if (file.maxRuns() != ExperimentFile.MAX_RUNS) {
      tree.put("maxRuns", file.maxRuns());
    }
    if (!KeyType.isNothing(file.input())) {
      tree.set("input", file.input());
    }
    tree.setAll(file.body().settings().over(Settings.defaults()).tree());
    return tree;
  }

  /** As YAML, numbers without exponents. */
  public static String toYaml(JsonNode tree) {
    return YamlText.write(plain(tree));
  }

  static JsonNode plain(JsonNode node) {
    if (node.isDouble()) {
      BigDecimal shortest = new BigDecimal(node.asText()).stripTrailingZeros();
      return DecimalNode.valueOf(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
    } else if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(value -> list.add(plain(value)));
      return list;
    } else if (node.isObject()) {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(field -> map.set(field.getKey(), plain(field.getValue())));
      return map;
    }
    return node;
  }
}
