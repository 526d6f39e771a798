package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.spec.KeyType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An experiment's file with nothing left open, and what differs between two of them. */
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
    ObjectNode axes = tree.putObject("axes");
    file.axes().forEach(axis -> axes.putArray(axis.key()).addAll(axis.values()));
    tree.setAll(file.body().over(Presets.defaults()).tree());
    return tree;
  }

  /** As YAML, numbers without exponents. */
  public static String toYaml(JsonNode tree) {
    return YamlText.write(plain(tree));
  }

  private static JsonNode plain(JsonNode node) {
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

  /**
   * What differs, one phrase a key: {@code training.epochs is 10 there and 20 here}. Where the data
   * lie does not matter, what they are does, where both sides have read them; versions do not.
   *
   * @param there resolved YAML
   * @param here resolved YAML
   */
  public static List<String> differences(String there, String here) {
    Map<String, String> a = flat(there);
    Map<String, String> b = flat(here);
    List<String> phrases = new ArrayList<>();
    Map<String, String> all = new LinkedHashMap<>(a);
    b.forEach(all::putIfAbsent);
    for (String key : all.keySet()) {
      String before = a.getOrDefault(key, "absent");
      String after = b.getOrDefault(key, "absent");
      if (!before.equals(after)) {
        phrases.add(key + " is " + before + " there and " + after + " here");
      }
    }
    if (phrases.isEmpty()) {
      phrases.addAll(otherData(there, here));
    }
    return List.copyOf(phrases);
  }

  /** Same configuration, other images: runs whose data were read on both sides and differ. */
  private static List<String> otherData(String there, String here) {
    Map<String, String> before = digests(there);
    List<String> phrases = new ArrayList<>();
    digests(here)
        .forEach(
            (run, digest) -> {
              if (!before.getOrDefault(run, digest).equals(digest)) {
                phrases.add("the images that " + run + " learns from are others than there");
              }
            });
    return phrases;
  }

  /** Digests of the content of the runs' data, where it has been read. */
  private static Map<String, String> digests(String yaml) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (JsonNode run :
        YamlText.readMap("experiment.yaml", yaml).path(ExperimentFile.RESOLVED).path("runs")) {
      String digest = run.path("spec").path("data").path("digest").asText("");
      if (!digest.isEmpty()) {
        digests.put(run.path("run").asText(), digest);
      }
    }
    return digests;
  }

  private static Map<String, String> flat(String yaml) {
    ObjectNode tree = YamlText.readMap("experiment.yaml", yaml);
    tree.remove(ExperimentFile.RESOLVED);
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode methods = tree.remove("methods");
    if (methods != null) {
      for (JsonNode entry : methods) {
        collect("methods." + entry.path("as").asText(entry.path("method").asText()), entry, values);
      }
    }
    tree.properties().forEach(field -> collect(field.getKey(), field.getValue(), values));
    values.keySet().removeIf(key -> key.equals("data.dir") || key.endsWith(".data.dir"));
    return values;
  }

  private static void collect(String key, JsonNode value, Map<String, String> values) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> collect(key + "." + field.getKey(), field.getValue(), values));
    } else {
      values.put(key, value.isTextual() ? value.textValue() : KeyType.inWords(plain(value)));
    }
  }
}
