package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status and cancel say of outputs that no cluster works for. */
class StatusCommandTest {
  private static final RunStatus RUNNING =
      new RunStatus(
          RunState.RUNNING, "x", "2026-01-01T00:00:00Z", null, 2, 0, 5, 0, 1, 40, null, "1");

  @TempDir Path temp;

  @Test
  void refusesWhatIsNoOutput() throws IOException {
    Program.Said empty = Program.call("status", temp.toString());
    assertThat(empty.code()).isEqualTo(ExitCode.USAGE);
    assertThat(empty.err()).contains("There is no run of Ticketflow in " + temp);
    Files.writeString(temp.resolve("letter.txt"), "Dear");
    Program.Said foreign = Program.call("status", temp.toString());
    assertThat(foreign.code()).isEqualTo(ExitCode.USAGE);
    assertThat(foreign.err()).contains("letter.txt").hasLineCount(1);
  }

  @Test
  void aFailedRunIsAnAnswerAndNoFailure() throws IOException {
    output(
        RUNNING.ended(
            RunState.FAILED, "2026-01-01T00:01:00Z", 0, 3, Optional.of("the disk is full")));
    Program.Said said = Program.call("status", temp.toString());
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("failed", "the disk is full", "3 made, 1 found finished");
  }

  @Test
  void tellsThatAProcessIsGone() throws IOException {
    output(RUNNING);
    Program.Said said = Program.call("status", temp.toString(), "--json");
    assertThat(said.code()).isZero();
    JsonNode json = new JsonMapper().readTree(said.out());
    assertThat(json.path("state").asText()).isEqualTo("RUNNING");
    assertThat(json.path("epochsDone").asInt()).isZero();
    assertThat(json.path("remark").asText()).startsWith("Its process is gone");
  }

  @Test
  void cancelsNothingWhereNoJobIs() throws IOException {
    output(RUNNING);
    Program.Said said = Program.call("cancel", temp.toString());
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("No job of a cluster works for " + temp);
  }

  /** Nobody answers on port 1: the job may be alive, and its workers' files in use. */
  @Test
  void nothingIsRemovedWhileAJobMayWork() throws IOException {
    output(RUNNING);
    Files.writeString(
        temp.resolve("job.json"),
        String.format(
            Locale.ROOT,
            """
        {"master": "127.0.0.1:1", "job": "%s", "submitted": "2026-01-01T00:00:00Z"}
        """,
            "ab".repeat(16)));
    Path file = Files.createDirectories(temp.resolve("tmp")).resolve("half");
    Files.writeString(file, "x");
    Program.Said said = Program.call("gc", temp.toString());
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("Job " + "ab".repeat(16), "127.0.0.1:1", "or may");
    assertThat(file).exists();
  }

  @Test
  void leavesAJobToAClusterOnly() {
    Program.Said said = Program.call("run", "../conf/quickstart.yaml", "--detach");
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("--detach", "--flinkMaster=HOST:PORT");
  }

  private void output(RunStatus status) throws IOException {
    try (OutputFolder folder = OutputFolder.claim(Location.of(temp))) {
      folder.writeExperiment("1", "name: x\n");
      status.write(Location.of(temp));
    }
  }
}
