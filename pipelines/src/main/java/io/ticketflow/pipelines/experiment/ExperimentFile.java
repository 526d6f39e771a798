package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.pipelines.layers.ComposedFile;
import io.ticketflow.pipelines.layers.Layers;
import io.ticketflow.pipelines.points.Points;
import io.ticketflow.pipelines.points.Range;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an experiment's file says, overrides included, each part checked by itself.
 *
 * @param where the file, for messages
 * @param points of the sweep, which all methods visit
 * @param isSwept whether the file has a sweep beside axes
 * @param budget passes that each run has
 * @param maxRuns that the file may make
 * @param input the earlier output whose solutions are taken; a missing node if there is none
 * @param body the configuration that all methods share, without defaults
 * @param sources of the keys that say which runs there are
 */
public record ExperimentFile(
    String where,
    String name,
    List<MethodEntry> methods,
    List<Long> seeds,
    Points points,
    boolean isSwept,
    Budget budget,
    int maxRuns,
    JsonNode input,
    Layers body,
    Map<String, String> sources) {
  /** The keys that say which runs there are. */
  static final List<String> HEAD_KEYS =
      List.of("name", "methods", "seeds", "axes", "sweep", "budget", "maxRuns", "input");

  /** What a resolved experiment carries besides, for its readers; it is not read again. */
  static final String RESOLVED = "resolved";

  /** What nobody means to start by a slip of the keyboard. */
  static final int MAX_RUNS = 1_000;

  private static final Pattern NAME =
      Pattern.compile("[^\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]{1,100}");

  private static final KeyType SEEDS = new KeyType.ListOf(new KeyType.Whole(0, Long.MAX_VALUE));

  /** The file, changed by the overrides. */
  public static ExperimentFile read(Path file, Overrides overrides) {
    String where = file.toString();
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    Map<String, String> sources = new HashMap<>();
    Layers body = Layers.of(Overrides.SOURCE, overrides.body());
    for (ComposedFile.Part part : ComposedFile.read(file)) {
      for (String key : HEAD_KEYS) {
        // A base's name is the base's alone.
        if (part.tree().has(key) && !head.has(key) && !(key.equals("name") && !sources.isEmpty())) {
          head.set(key, part.tree().get(key));
          sources.put(key, part.source());
        }
      }
      ObjectNode rest = part.tree().deepCopy().remove(HEAD_KEYS);
      rest.remove(RESOLVED);
      Settings own = Settings.of(part.source(), rest, HEAD_KEYS);
      body = body.over(Layers.of(part.source(), own));
      sources.putIfAbsent("", part.source());
    }
    ObjectNode root = overrides.headOf(head);
    overrides.head().keySet().forEach(key -> sources.put(key, Overrides.SOURCE));
    String methods = sources.getOrDefault("methods", where);
    JsonNode sweep = root.path("sweep");
    return new ExperimentFile(
        where,
        nameOf(where, file, root.path("name")),
        overrides.entriesOf(MethodEntry.listOf(methods, root.path("methods"))),
        seedsOf(where, root.path("seeds")),
        Points.of(sources.getOrDefault("sweep", where), root.path("axes"), sweep),
        !KeyType.isNothing(sweep),
        Budget.of(where, root.path("budget")),
        maxRunsOf(where, root.path("maxRuns")),
        root.path("input"),
        body,
        Map.copyOf(sources));
  }

  private static int maxRunsOf(String where, JsonNode given) {
    if (KeyType.isNothing(given)) {
      return MAX_RUNS;
    }
    KeyType type = new KeyType.Whole(1, 100_000);
    if (!type.accepts(given)) {
      throw UserException.of(
          "%s: maxRuns must be a whole number from 1 to 100000, got %s",
          where, KeyType.inWords(given));
    }
    return given.asInt();
  }

  private static String nameOf(String where, Path file, JsonNode name) {
    JsonNode given =
        KeyType.isNothing(name)
            ? TextNode.valueOf(String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""))
            : name;
    if (!given.isTextual() || given.textValue().isBlank()) {
      throw UserException.of("%s: name must be text, got %s", where, KeyType.inWordsOfName(given));
    }
    if (!NAME.matcher(given.textValue()).matches()) {
      throw UserException.of(
          "%s: name must be at most 100 characters in one line, got %s",
          where, KeyType.inWords(given));
    }
    return given.textValue();
  }

  private static List<Long> seedsOf(String where, JsonNode written) {
    List<Long> seeds = new ArrayList<>();
    if (written.isMissingNode()) {
      return List.of(1L);
    }
    JsonNode given = Range.listed(where + ", seeds", written);
    if (!SEEDS.accepts(given) || (given.isArray() && given.isEmpty())) {
      throw UserException.of(
          "%s: seeds must be a list of whole numbers from 0 on, such as [1, 2], got %s",
          where, KeyType.inWords(given));
    }
    for (JsonNode seed : SEEDS.canonical(given)) {
      if (seeds.contains(seed.asLong())) {
        throw UserException.of("%s: seeds has %s twice", where, seed);
      }
      seeds.add(seed.asLong());
    }
    return List.copyOf(seeds);
  }
}
