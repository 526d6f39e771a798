package io.ticketflow.runners.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path temp;

  @Test
  void makesANewFolderAndItsParents() throws IOException {
    Path out = temp.resolve("a/b");
    try (OutputFolder folder = OutputFolder.claim(Location.of(out))) {
      assertThat(StoredExperiment.text(Location.of(out))).isEmpty();
      folder.writeExperiment("1", "name: x\n");
      assertThat(StoredExperiment.text(Location.of(out)).orElseThrow())
          .endsWith("\nname: x\n")
          .startsWith("# ");
    }
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(Location.of(file)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("file is a file");
    assertThatThrownBy(() -> OutputFolder.claim(Location.of(file.resolve("below"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be made");
    assertThat(file).hasContent("mine");
  }

  @Test
  void refusesAFolderWithOtherFilesAndLeavesItAsItWas() throws IOException {
    Files.writeString(temp.resolve("thesis.tex"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(Location.of(temp)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(entries()).containsExactly("thesis.tex");
  }

  @Test
  void refusesAFolderWhoseExperimentIsAUsersOwnFile() throws IOException {
    Files.writeString(temp.resolve("experiment.yaml"), "name: mine\n");
    Files.writeString(temp.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> OutputFolder.claim(Location.of(temp)))
        .isInstanceOf(UserException.class);
  }

  @Test
  void anExperimentThatIsNoTextIsNamed() throws IOException {
    Files.write(temp.resolve("experiment.yaml"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> OutputFolder.check(Location.of(temp)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("experiment.yaml is no text in UTF-8");
  }

  @Test
  void takesUpAFolderThatARunLeft() throws IOException {
    try (OutputFolder first = OutputFolder.claim(Location.of(temp))) {
      first.writeExperiment("1", "name: x\n");
      Files.createDirectories(temp.resolve("artifacts/ab"));
    }
    try (OutputFolder second = OutputFolder.claim(Location.of(temp))) {
      assertThat(StoredExperiment.text(second.location()).orElseThrow()).contains("name: x");
    }
  }

  @Test
  void takesUpAFolderWhoseRunDiedBeforeItWroteItsExperiment() throws IOException {
    OutputFolder.claim(Location.of(temp)).close();
    Files.writeString(temp.resolve("experiment.yaml.tmp"), "# An out");
    OutputFolder.claim(Location.of(temp)).close();
  }

  @Test
  void refusesUsersFilesThatAreCalledLikeThoseOfARun() throws IOException {
    for (String name : List.of("status.json", "progress/notes.txt", "tmp/draft.tex")) {
      Path folder = Files.createDirectories(temp.resolve("of-" + name.replace('/', '-')));
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("x").getParent());
      Files.writeString(file, "mine");
      assertThatThrownBy(() -> OutputFolder.claim(Location.of(folder)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(name.replaceAll("/.*", ""));
      assertThat(file).hasContent("mine");
      assertThat(folder.resolve(".lock")).doesNotExist();
    }
  }

  @Test
  void takesAwayWhatItMadeWhenNothingCanBeWrittenIntoIt() throws IOException {
    Path parent = temp.resolve("a");
    try (OutputFolder folder = OutputFolder.claim(Location.of(parent.resolve("b")))) {
      Files.createDirectories(
          folder.location().folder().orElseThrow().resolve("experiment.yaml.tmp/full"));
      assertThatThrownBy(() -> folder.writeExperiment("1", "name: x\n"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("cannot be written: ");
      assertThat(folder.location().folder().orElseThrow().resolve(".lock")).doesNotExist();
      assertThat(folder.location().folder().orElseThrow()).isDirectory(); // it is not empty
    }
    Path empty = temp.resolve("c/d");
    try (OutputFolder folder = OutputFolder.claim(Location.of(empty))) {
      assertThatThrownBy(() -> folder.writeExperiment("1", "\ud800"))
          .isInstanceOf(UserException.class);
    }
    assertThat(temp.resolve("c")).doesNotExist();
  }

  @Test
  void leavesAFolderAndALockThatWereThere() throws IOException {
    OutputFolder.claim(Location.of(temp)).close();
    try (OutputFolder folder = OutputFolder.claim(Location.of(temp))) {
      assertThatThrownBy(() -> folder.writeExperiment("1", "\ud800"))
          .isInstanceOf(UserException.class);
    }
    assertThat(entries()).containsExactly(".lock");
  }

  @Test
  void saysWhyAFolderCannotBeMade() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nowhere"));
    assertThatThrownBy(() -> OutputFolder.claim(Location.of(link)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(link + " is there and is no folder");
    assertThat(entries()).containsExactly("link");
  }

  @Test
  void lendsAFolderToOneRunAtATime() throws IOException {
    try (OutputFolder held = OutputFolder.claim(Location.of(temp))) {
      assertThatThrownBy(() -> OutputFolder.claim(held.location()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Another run")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(OutputFolder.isHeld(held.location())).isTrue();
    }
    assertThat(OutputFolder.isHeld(Location.of(temp))).isFalse();
    OutputFolder.claim(Location.of(temp)).close();
  }

  @Test
  void tellsOtherProgramsHowARunEnded() throws IOException {
    RunStatus running =
        new RunStatus(
            RunState.RUNNING, "x", "2026-01-01T00:00:00Z", null, 2, 0, 5, 0, 1, 40, null, "1");
    running.write(Location.of(temp));
    assertThat(RunStatus.read(Location.of(temp))).contains(running);
    var before = new JsonMapper().readTree(temp.resolve("status.json").toFile());
    assertThat(before.path("state").asText()).isEqualTo("RUNNING");
    assertThat(before.has("finished")).isFalse();
    running
        .ended(RunState.SOME_RUNS_FAILED, "2026-01-01T00:01:00Z", 1, 4, Optional.of("one failed"))
        .write(Location.of(temp));
    var after = new JsonMapper().readTree(temp.resolve("status.json").toFile());
    assertThat(after.path("state").asText()).isEqualTo("SOME_RUNS_FAILED");
    assertThat(after.path("trained").asInt()).isEqualTo(4);
    assertThat(after.path("reused").asInt()).isEqualTo(1);
    assertThat(entries()).containsExactly("status.json");
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
