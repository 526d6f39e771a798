package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finished runs of an earlier output, whose solutions an experiment takes; it trains nothing. */
final class Inputs {
  private static final String FILE = "experiment.yaml";

  private Inputs() {}

  /**
   * A run of that output.
   *
   * @param method its label there
   * @param spec as it was trained
   */
  record Input(InputRecord record, String method, String variant, long seed, RunSpec spec) {}

  /** Under {@code input}: an output's name, or a map of {@code output} and {@code runs}. */
  static List<Input> of(String where, JsonNode given) {
    if (KeyType.isNothing(given)) {
      return List.of();
    }
    JsonNode output = given.isObject() ? given.path("output") : given;
    if (!output.isTextual() || output.textValue().isBlank()) {
      throw UserException.of(
          "%s: input must be the output folder of an earlier run, such as "
              + "out/quickstart, or a map {output: out/quickstart, runs: [imp-seed1]}, got %s",
          where, KeyType.inWords(given));
    }
    Location location = new Location(output.textValue());
    JsonNode runs = resolved(where, location).path(ExperimentFile.RESOLVED).path("runs");
    List<Input> inputs = new ArrayList<>();
    for (JsonNode run : runs) {
      try {
        inputs.add(input(location, run));
      } catch (UserException e) {
        throw UserException.of(
            "%s: input %s was not written by this version of Ticketflow: run %s, %s",
            where, location, run.path("run").asText(), e.getMessage());
      }
    }
    JsonNode named = given.path("runs");
    if (!KeyType.isNothing(named)) {
      return named(where, location, inputs, named);
    }
    if (inputs.isEmpty()) {
      throw UserException.of("%s: input %s has no runs", where, location);
    }
    return inputs;
  }

  private static List<Input> named(
      String where, Location location, List<Input> inputs, JsonNode named) {
    List<Input> chosen = new ArrayList<>();
    for (JsonNode name : named.isArray() ? named : List.of(named)) {
      Optional<Input> found =
          inputs.stream()
              .filter(input -> input.record().getRun().equals(name.asText()))
              .findFirst();
      chosen.add(
          found.orElseThrow(
              () ->
                  new UserException(
                      where
                          + ": input "
                          + location
                          + " has no run "
                          + name.asText()
                          + " (there are "
                          + String.join(
                              ", ", inputs.stream().map(i -> i.record().getRun()).toList())
                          + ")")));
    }
    return chosen;
  }

  private static Input input(Location location, JsonNode run) {
    PlannedRun stored = PlannedRun.stored(run);
    return new Input(
        new InputRecord(location.absolute(), stored.run()),
        stored.method(),
        stored.variant(),
        stored.seed(),
        stored.spec());
  }

  private static ObjectNode resolved(String where, Location location) {
    try {
      if (!location.blobs().exists(FILE)) {
        throw UserException.of(
            "%s: input %s holds no results: there is no %s", where, location, FILE);
      }
      try (InputStream in = location.blobs().open(FILE)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return YamlText.readMap(location.file(FILE), text);
      }
    } catch (IOException e) {
      throw UserException.of("%s: input %s: %s", where, location, e.getMessage());
    }
  }
}
