package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an experiment's file says, overrides included, each part checked by itself.
 *
 * @param where the file, for messages
 * @param budget passes that each run has
 * @param input the earlier output whose solutions are taken; a missing node if there is none
 * @param body the configuration that all methods share, without defaults
 */
public record ExperimentFile(
    String where,
    String name,
    List<MethodEntry> methods,
    List<Long> seeds,
    List<Axis> axes,
    Budget budget,
    JsonNode input,
    Settings body) {
  /** The keys that say which runs there are. */
  static final List<String> HEAD_KEYS =
      List.of("name", "methods", "seeds", "axes", "budget", "input");

  /** What a resolved experiment carries besides, for its readers; it is not read again. */
  static final String RESOLVED = "resolved";

  private static final Pattern NAME =
      Pattern.compile("[^\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]{1,100}");

  private static final KeyType SEEDS = new KeyType.ListOf(new KeyType.Whole(0, Long.MAX_VALUE));

  /** The file, changed by the overrides. */
  public static ExperimentFile read(Path file, Overrides overrides) {
    String where = file.toString();
    ObjectNode root = overrides.headOf(YamlText.readFile(file));
    ObjectNode body = root.deepCopy().remove(HEAD_KEYS);
    body.remove(RESOLVED);
    Settings own = Settings.of(where, body, HEAD_KEYS);
    return new ExperimentFile(
        where,
        nameOf(where, file, root.path("name")),
        overrides.entriesOf(MethodEntry.listOf(where, root.path("methods"))),
        seedsOf(where, root.path("seeds")),
        Axis.listOf(where, root.path("axes")),
        Budget.of(where, root.path("budget")),
        root.path("input"),
        overrides.body().over(own));
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

  private static List<Long> seedsOf(String where, JsonNode given) {
    List<Long> seeds = new ArrayList<>();
    if (given.isMissingNode()) {
      return List.of(1L);
    }
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
