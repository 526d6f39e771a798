package io.ticketflow.runners.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run as its output's experiment.yaml has it.
 *
 * @param spec its settings
 * @param versions of Ticketflow and of what it computed with
 */
public record PublishedRun(String run, RunSpec spec, Map<String, String> versions) {
  /**
   * Finds a run.
   *
   * @param name empty if it is the only one
   * @throws UserException listing the runs, if there is none of that name or the name is missing
   */
  public static PublishedRun of(Location output, Optional<String> name) throws IOException {
    String yaml =
        OutputFolder.experimentOf(output)
            .orElseThrow(() -> UserException.of("There is no output of Ticketflow in %s.", output));
    JsonNode resolved = YamlText.readMap(output.file("experiment.yaml"), yaml).path("resolved");
    List<String> names = new ArrayList<>();
    resolved.path("runs").forEach(run -> names.add(run.path("run").asText()));
    if (name.isEmpty() && names.size() != 1) {
      throw UserException.of("--run must name a run of %s: %s.", output, listed(names));
    }
    String wanted = name.orElse(names.isEmpty() ? "" : names.get(0));
    if (!names.contains(wanted)) {
      throw UserException.of(
          "There is no run %s in %s; there are %s.", wanted, output, listed(names));
    }
    JsonNode run = resolved.path("runs").get(names.indexOf(wanted));
    Map<String, String> versions = new TreeMap<>();
    resolved
        .path("versions")
        .properties()
        .forEach(version -> versions.put(version.getKey(), version.getValue().asText()));
    return new PublishedRun(wanted, CanonicalJson.bind(run.path("spec"), RunSpec.class), versions);
  }

  private static String listed(List<String> names) {
    int most = 20;
    return String.join(", ", names.subList(0, Math.min(most, names.size())))
        + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
  }
}
