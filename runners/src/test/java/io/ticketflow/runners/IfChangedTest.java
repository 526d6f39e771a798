package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A sweep that is run by night does nothing where nothing has changed, and says so. */
class IfChangedTest extends CommandFixture {
  @Test
  void runsWhatIsNotDoneAndElseOnlyKeepsARecordOfTheCall() throws Exception {
    assertThat(run("--if-changed")).as(err).isZero();
    assertThat(out).contains("Test accuracy").doesNotContain("Nothing has changed");
    Map<String, byte[]> before = results();

    Thread.sleep(1_100); // records are named by the second
    assertThat(run("--if-changed")).as(err).isZero();
    assertThat(out).contains("Nothing has changed since").doesNotContain("Test accuracy");
    assertThat(results()).containsExactlyEntriesOf(before);
    List<Path> records = records();
    assertThat(records).hasSize(2);
    assertThat(Files.readString(records.get(1)))
        .contains("\"state\" : \"DONE\"", "\"trained\" : 0", "\"djl\" : ");
    assertThat(call("status", output.toString())).isZero();

    try (Stream<Path> artifacts = Files.walk(output.resolve("artifacts"))) {
      Files.delete(artifacts.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    assertThat(run("--if-changed")).as(err).isZero();
    assertThat(out).contains("Test accuracy");
    assertThat(results()).containsExactlyEntriesOf(before);

    assertThat(call("verify", output.toString(), "--against=" + output, "--record")).isZero();
    assertThat(call("history", output.toString(), "--json")).isZero();
    JsonNode calls = new JsonMapper().readTree(out);
    assertThat(calls).hasSize(3).allMatch(each -> each.path("output").asText().equals("."));
    assertThat(calls.get(0).path("verdict").asText()).isEqualTo("same");
    assertThat(calls.get(1).has("verdict")).isFalse();
    assertThat(calls.get(1).path("trained").asInt()).isZero();
    assertThat(calls.get(2).path("trained").asInt()).isPositive();
  }

  /** Everything but what tells of calls. */
  private Map<String, byte[]> results() throws IOException {
    Map<String, byte[]> results = new TreeMap<>(files(output));
    results.keySet().removeIf(name -> !name.startsWith("metrics") && !name.startsWith("solutions"));
    assertThat(results).isNotEmpty();
    return results;
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("history"))) {
      return files.sorted().toList();
    }
  }
}
