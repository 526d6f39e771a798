package io.ticketflow.runners.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path temp;

  @Test
  void makesANewFolderAndItsParents() throws IOException {
    Path out = temp.resolve("a/b");
    try (OutputFolder folder = OutputFolder.claim(out)) {
      assertThat(folder.experiment()).isEmpty();
      folder.writeExperiment("1", "name: x\n");
      assertThat(folder.experiment().orElseThrow()).endsWith("\nname: x\n").startsWith("# ");
    }
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(file))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("file is a file");
    assertThatThrownBy(() -> OutputFolder.claim(file.resolve("below")))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("cannot be made");
    assertThat(file).hasContent("mine");
  }

  @Test
  void refusesAFolderWithOtherFilesAndLeavesItAsItWas() throws IOException {
    Files.writeString(temp.resolve("thesis.tex"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(temp))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(entries()).containsExactly("thesis.tex");
  }

  @Test
  void refusesAFolderWhoseExperimentIsAUsersOwnFile() throws IOException {
    Files.writeString(temp.resolve("experiment.yaml"), "name: mine\n");
    Files.writeString(temp.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(temp)).isInstanceOf(SpecException.class);
  }

  @Test
  void takesUpAFolderThatARunLeft() throws IOException {
    try (OutputFolder first = OutputFolder.claim(temp)) {
      first.writeExperiment("1", "name: x\n");
      Files.createDirectories(temp.resolve("artifacts/ab"));
    }
    try (OutputFolder second = OutputFolder.claim(temp)) {
      assertThat(second.experiment().orElseThrow()).contains("name: x");
    }
  }

  @Test
  void takesUpAFolderWhoseRunDiedBeforeItWroteItsExperiment() throws IOException {
    OutputFolder.claim(temp).close();
    Files.createDirectories(temp.resolve("tmp"));
    OutputFolder.claim(temp).close();
  }

  @Test
  void lendsAFolderToOneRunAtATime() throws IOException {
    try (OutputFolder held = OutputFolder.claim(temp)) {
      assertThatThrownBy(() -> OutputFolder.claim(held.path()))
          .isInstanceOf(SpecException.class)
          .hasMessageContaining("Another run")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    OutputFolder.claim(temp).close();
  }

  @Test
  void tellsOtherProgramsHowARunEnded() throws IOException {
    RunStatus running =
        new RunStatus(
            RunState.RUNNING, "x", "2026-01-01T00:00:00Z", null, 2, 0, 5, 0, 1, null, "1");
    running.write(temp);
    var before = new JsonMapper().readTree(temp.resolve("status.json").toFile());
    assertThat(before.path("state").asText()).isEqualTo("RUNNING");
    assertThat(before.has("finished")).isFalse();
    running
        .ended(RunState.SOME_RUNS_FAILED, "2026-01-01T00:01:00Z", 1, 4, Optional.of("one failed"))
        .write(temp);
    var after = new JsonMapper().readTree(temp.resolve("status.json").toFile());
    assertThat(after.path("state").asText()).isEqualTo("SOME_RUNS_FAILED");
    assertThat(after.path("trained").asInt()).isEqualTo(4);
    assertThat(after.path("reused").asInt()).isEqualTo(1);
    assertThat(entries()).containsExactly("status.json");
  }

  private java.util.List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
