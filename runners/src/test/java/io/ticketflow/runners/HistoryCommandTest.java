package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.output.CallRecord;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past sweeps are listed with what their files say, newest first. */
class HistoryCommandTest {
  @TempDir Path temp;

  @Test
  void eachNightHasItsLine() throws IOException {
    night("2026-11-26", "2026-11-26T02:00:00Z", RunState.DONE, Optional.empty());
    night("2026-11-27", "2026-11-27T02:00:00Z", RunState.FAILED, Optional.of("<disk> full"));
    Files.writeString(
        temp.resolve("2026-11-26/verdict.json"),
        """
        {"verdict": "CANNOT_TELL", "reason": "2 seeds"}
        """);
    Path broken = Files.createDirectories(temp.resolve("older"));
    Files.writeString(broken.resolve("experiment.yaml"), "name: x\n");
    Files.writeString(broken.resolve("status.json"), "{");

    Path page = temp.resolve("nights.html");
    Program.Said said = Program.call("history", temp.toString(), "--page=" + page);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactly("output", "2026-11-27", "2026-11-26", "older");
    assertThat(said.out().lines().toList().get(1)).containsPattern("failed +- +1:01:05 +3 +1 ");
    assertThat(said.out().lines().toList().get(2))
        .containsPattern("done +cannot tell +1:01:05 +3 +1 +beam 2.70.0, ticketflow 1");
    assertThat(Files.readString(page))
        .contains("<tr class=\"cannot-tell\">", "&lt;disk&gt; full", "prefers-color-scheme: dark")
        .doesNotContain("<disk>", "{rows}");

    JsonNode json =
        new JsonMapper().readTree(Program.call("history", temp.toString(), "--json").out());
    assertThat(json).hasSize(3);
    assertThat(json.get(0).path("seconds").asInt()).isEqualTo(3665);
    assertThat(json.get(1).path("verdict").asText()).isEqualTo("cannot tell");
    assertThat(json.get(2).path("state").asText()).isEqualTo("unreadable");
  }

  @Test
  void aCallThatWasKilledKeepsItsLine() throws IOException {
    night("nightly", "2026-11-27T02:00:00Z", RunState.DONE, Optional.empty());
    Location output = Location.of(temp.resolve("nightly"));
    RunStatus killed =
        new RunStatus(
            RunState.RUNNING, "x", "2026-11-26T02:00:00Z", null, 2, 0, 4, 0, 1, 40, null, "1");
    CallRecord.keep(output, killed, Map.of("beam", "2.69.0"));
    List<String> lines = Program.call("history", output.root()).out().lines().toList();
    assertThat(lines.get(1)).containsPattern("^x +2026-11-27 02:00:00 +done +- +1:01:05 ");
    assertThat(lines.get(2)).containsPattern("^x +2026-11-26 02:00:00 +killed .*beam 2.69.0");
  }

  @Test
  void aFolderWithoutOutputsIsRefused() {
    Program.Said said = Program.call("history", temp.toString());
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("There is no output of Ticketflow in or below " + temp);
  }

  private void night(String name, String started, RunState state, Optional<String> why)
      throws IOException {
    Location output = Location.of(temp.resolve(name));
    try (OutputFolder folder = OutputFolder.claim(output)) {
      folder.writeExperiment(
          "1", "name: x\nresolved: {versions: {ticketflow: \"1\", beam: 2.70.0}}\n");
      new RunStatus(RunState.RUNNING, "x", started, null, 2, 0, 4, 0, 1, 40, null, "1")
          .ended(state, started.replace("02:00:00", "03:01:05"), 0, 3, why)
          .write(output);
    }
  }
}
