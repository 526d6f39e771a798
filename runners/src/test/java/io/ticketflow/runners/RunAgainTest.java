package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run that finds all finished says and leaves what a run does that trains. */
class RunAgainTest extends CommandFixture {
  @Test
  void writesResultsAgainAndTrainsWhatIsMissing() throws Exception {
    assertThat(run()).as(err).isZero();
    String first = told(out);
    assertThat(run()).as(err).isZero();
    Map<String, byte[]> whole = results();

    Files.delete(output.resolve("report.html"));
    for (String table : new String[] {"costs", "metrics/cycles"}) {
      Files.writeString(file(table), "damaged");
    }
    Files.delete(file("metrics/epochs"));
    Files.delete(file("tickets"));
    assertThat(run()).as(err).isZero();
    assertThat(told(out)).isEqualTo(first);
    assertThat(out).contains("Report  ", "Tables  ").contains(": 0 networks trained, 2 reused.");
    assertThat(results()).containsExactlyEntriesOf(whole);

    JsonNode status = new JsonMapper().readTree(output.resolve("status.json").toFile());
    assertThat(status.path("state").asText()).isEqualTo("DONE");
    assertThat(status.path("trained").asInt(-1)).isZero();
    assertThat(status.path("reused").asInt()).isEqualTo(2);
    assertThat(status.path("epochs").asInt(-1)).isZero();
    assertThat(call("history", output.toString(), "--json")).isZero();
    assertThat(new JsonMapper().readTree(out)).hasSize(3);

    for (String artifact : whole.keySet()) {
      if (artifact.startsWith("artifacts/")) {
        Files.delete(output.resolve(artifact));
      }
    }
    assertThat(run()).as(err).isZero();
    assertThat(out).contains(": 2 networks trained, 0 reused.");
    assertThat(metrics(results())).containsExactlyEntriesOf(metrics(whole));
  }

  private static Map<String, byte[]> metrics(Map<String, byte[]> results) {
    Map<String, byte[]> metrics = new TreeMap<>(results);
    metrics.keySet().removeIf(name -> !name.startsWith("metrics/"));
    return metrics;
  }

  /** The table of accuracies. */
  private static String told(String said) {
    assertThat(said).contains("Test accuracy");
    return said.substring(said.indexOf("Test accuracy"), said.indexOf("Report  "));
  }

  /** A file below a folder of the output. */
  private Path file(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(output.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  /** All that no call has a file of its own of. */
  private Map<String, byte[]> results() throws IOException {
    Map<String, byte[]> results = new TreeMap<>(files(output));
    results
        .keySet()
        .removeIf(
            name ->
                name.startsWith("history") || name.equals("status.json") || name.equals(".lock"));
    return results;
  }
}
