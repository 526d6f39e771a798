package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.layers.ComposedFile;
import io.ticketflow.pipelines.layers.Presets;
import io.ticketflow.settings.KeyComments;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.KnownKeys;
import io.ticketflow.settings.Settings;

/**
 * A JSON Schema (draft 7) of experiment files, for editors: it completes keys and choices, shows
 * what they mean and what their default is, and marks what is misspelt. Ranges of numbers and what
 * has no meaning together are the program's matter.
 */
public final class ExperimentSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NUMBER = "^[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?$";

  private ExperimentSchema() {}

  /** The schema; equal programs give equal trees. */
  public static ObjectNode tree() {
    ObjectNode root = NODES.objectNode().put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "An experiment of Ticketflow");
    ObjectNode definitions = root.putObject("definitions");
    Settings defaults = Settings.defaults();
    KnownKeys.TYPES.forEach(
        (key, type) -> {
          ObjectNode schema = of(type);
          schema.put("description", KeyComments.ALL.getOrDefault(key, ""));
          schema.set(
              "default", Resolved.plain(defaults.values().getOrDefault(key, NODES.nullNode())));
          definitions.set(key, schema);
        });
    for (String section : KnownKeys.SECTIONS) {
      String description = "Keys of " + section + ".";
      definitions.set(section, closed(keys(NODES.objectNode(), section + "."), description));
    }
    definitions.set("range", range());
    definitions.set("axes", axes());
    definitions.set("point", closed(keys(NODES.objectNode(), ""), "Values of keys."));
    ObjectNode properties = root.put("type", "object").putObject("properties");
    head(properties);
    keys(properties, "");
    root.put("additionalProperties", false);
    return root;
  }

  private static void head(ObjectNode properties) {
    text(properties, "name", "Name of the experiment; default: the file's name.");
    ObjectNode base = NODES.objectNode().put("type", "string");
    oneOrMore(properties, ComposedFile.EXTENDS, base)
        .put("description", "Files or presets that this file builds upon; later ones win.");
    oneOrMore(properties, "methods", method())
        .put("description", "Presets, or maps that name one and set keys of their own.");
    ArrayNode seeds = oneOrMore(properties, "seeds", whole(0, Long.MAX_VALUE)).withArray("anyOf");
    seeds.add(reference("range"));
    properties.set("axes", reference("axes"));
    ObjectNode sweep = NODES.objectNode();
    sweep.set("cross", reference("axes"));
    oneOrMore(sweep, "zip", reference("axes"));
    oneOrMore(sweep, "exclude", reference("point"));
    oneOrMore(sweep, "include", reference("point"));
    properties.set("sweep", closed(sweep, "Points that every method and seed visits."));
    ObjectNode budget = properties.putObject("budget");
    budget.put(
        "description", "Passes over the training images of each run: own, matched, or epochs.");
    budget.putArray("anyOf").add(choice("own", "matched")).add(whole(1, Long.MAX_VALUE));
    properties.set(
        "maxRuns", whole(1, 100_000).put("description", "Runs that the file may make at most."));
    properties.putObject("input").put("description", "An earlier output, or a map {output, runs}.");
    properties.putObject(ExperimentFile.RESOLVED).put("description", "Not read again.");
  }

  private static ObjectNode method() {
    ArrayNode names = NODES.arrayNode();
    Presets.names().forEach(names::add);
    ObjectNode preset = NODES.objectNode().put("type", "string");
    preset.set("enum", names.deepCopy().add(MethodEntry.EVERY_PRESET));
    ObjectNode own = NODES.objectNode();
    own.putObject("method").put("type", "string").set("enum", names);
    text(own, "as", "Label in results; default: the preset's name.");
    ObjectNode map = closed(keys(own, ""), "A preset, and keys of its own.");
    map.putArray("required").add("method");
    ObjectNode entry = NODES.objectNode();
    entry.putArray("anyOf").add(preset).add(map);
    return entry;
  }

  /** The keys below a section, nested, and dotted as the file may have them too. */
  private static ObjectNode keys(ObjectNode properties, String prefix) {
    for (String key : KnownKeys.names()) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        int dot = rest.indexOf('.');
        if (dot > 0 && !properties.has(rest.substring(0, dot))) {
          String section = rest.substring(0, dot);
          properties.set(section, reference(prefix + section));
        }
        properties.set(rest, reference(key));
      }
    }
    return properties;
  }

  private static ObjectNode axes() {
    ObjectNode properties = NODES.objectNode();
    for (String key : KnownKeys.names()) {
      ObjectNode values = NODES.objectNode();
      ObjectNode list = NODES.objectNode().put("type", "array").put("minItems", 1);
      list.set("items", reference(key));
      values.putArray("anyOf").add(list).add(reference("range"));
      properties.set(key, values);
    }
    return closed(properties, "Full names of keys, each with a list of values or a range.");
  }

  private static ObjectNode range() {
    ObjectNode properties = NODES.objectNode();
    for (String end : new String[] {"from", "to", "step"}) {
      properties.set(end, of(new KeyType.Decimal()));
    }
    properties.set("count", whole(2, 10_000));
    properties.set("scale", choice("linear", "log"));
    ObjectNode range = closed(properties, "Numbers between two ends, both counted in.");
    range.putArray("required").add("from").add("to");
    return range;
  }

  private static ObjectNode of(KeyType type) {
    ObjectNode schema = NODES.objectNode();
    if (type instanceof KeyType.Text) {
      schema.put("type", "string");
    } else if (type instanceof KeyType.Flag) {
      schema.put("type", "boolean");
    } else if (type instanceof KeyType.Whole whole) {
      return whole(whole.least(), whole.most());
    } else if (type instanceof KeyType.Decimal) {
      ObjectNode written = NODES.objectNode().put("type", "string").put("pattern", NUMBER);
      schema.putArray("anyOf").add(NODES.objectNode().put("type", "number")).add(written);
    } else if (type instanceof KeyType.Choice choice) {
      return choice(choice.names().toArray(new String[0]));
    } else if (type instanceof KeyType.ListOf list) {
      ObjectNode element = of(list.element());
      ObjectNode several = NODES.objectNode().put("type", "array");
      several.set("items", element);
      schema.putArray("anyOf").add(element).add(several);
    }
    return schema;
  }

  private static ObjectNode whole(long least, long most) {
    ObjectNode schema = NODES.objectNode().put("type", "integer");
    if (least > Integer.MIN_VALUE) {
      schema.put("minimum", least);
    }
    return most < Integer.MAX_VALUE ? schema.put("maximum", most) : schema;
  }

  private static ObjectNode choice(String... names) {
    ObjectNode schema = NODES.objectNode().put("type", "string");
    ArrayNode list = schema.putArray("enum");
    for (String name : names) {
      list.add(name);
    }
    return schema;
  }

  private static ObjectNode oneOrMore(ObjectNode properties, String key, JsonNode element) {
    ObjectNode schema = properties.putObject(key);
    ObjectNode several = NODES.objectNode().put("type", "array");
    several.set("items", element);
    schema.putArray("anyOf").add(element).add(several);
    return schema;
  }

  private static void text(ObjectNode properties, String key, String description) {
    properties.putObject(key).put("type", "string").put("description", description);
  }

  private static ObjectNode closed(ObjectNode properties, String description) {
    ObjectNode schema = NODES.objectNode().put("type", "object").put("description", description);
    schema.set("properties", properties);
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode reference(String definition) {
    return NODES.objectNode().put("$ref", "#/definitions/" + definition);
  }
}
