package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.settings.KeyType;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finished runs of an earlier output, whose solutions an experiment takes; it trains nothing. */
final class Inputs {
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
    try {
      StoredExperiment stored = StoredExperiment.of(location);
      JsonNode named = given.path("runs");
      if (KeyType.isNothing(named) && stored.names().isEmpty()) {
        throw UserException.of("%s has no runs", location);
      }
      List<PlannedRun> runs = new ArrayList<>();
      if (KeyType.isNothing(named)) {
        runs.addAll(stored.runs());
      } else {
        (named.isArray() ? named : List.of(named))
            .forEach(name -> runs.add(stored.run(name.asText())));
      }
      return runs.stream().map(run -> input(location, run)).toList();
    } catch (IOException | UserException e) {
      throw UserException.of("%s: input: %s", where, e.getMessage());
    }
  }

  private static Input input(Location location, PlannedRun stored) {
    return new Input(
        new InputRecord(location.absolute(), stored.run()),
        stored.method(),
        stored.variant(),
        stored.seed(),
        stored.spec());
  }
}
