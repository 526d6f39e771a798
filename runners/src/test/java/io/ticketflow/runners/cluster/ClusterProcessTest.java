package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterProcessTest {
  @TempDir Path folder;

  @Test
  void aNumberThatAnotherProcessHasNowIsNotOurs() {
    long mine = ProcessHandle.current().pid();
    String token = UUID.randomUUID().toString();
    assertThat(new ClusterProcess("taskmanager-1", mine, token).handle()).isEmpty();
  }

  @Test
  void aLivingProcessIsKnownByItsTokenAndADeadOneIsNot() throws Exception {
    String token = UUID.randomUUID().toString();
    Process process =
        new ProcessBuilder("sh", "-c", "read line", new ClusterProcess("any", 0, token).flag())
            .start();
    try {
      ClusterProcess ours = new ClusterProcess("taskmanager-1", process.pid(), token);
      assertThat(ours.handle()).contains(process.toHandle());
      assertThat(ours.residentBytes()).hasValueSatisfying(bytes -> assertThat(bytes).isPositive());
      assertThat(new ClusterProcess("taskmanager-1", process.pid(), "another").isAlive()).isFalse();
      process.destroyForcibly().waitFor();
      assertThat(ours.isAlive()).isFalse();
      assertThat(ours.residentBytes()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void oneWhoseNumberWasNeverNotedIsFoundByItsToken() throws Exception {
    ClusterProcess announced = ClusterProcess.announced("jobmanager", UUID.randomUUID().toString());
    assertThat(announced.isAlive()).isFalse();
    Process process = new ProcessBuilder("sh", "-c", "read line", announced.flag()).start();
    try {
      announced.write(folder);
      assertThat(ClusterProcess.read(folder.resolve("jobmanager")))
          .contains(announced)
          .hasValueSatisfying(read -> assertThat(read.handle()).contains(process.toHandle()));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void readsWhatItWroteAndNothingElse() throws Exception {
    ClusterProcess written =
        new ClusterProcess("taskmanager-2", 4711, UUID.randomUUID().toString());
    written.write(folder);
    assertThat(ClusterProcess.read(folder.resolve("taskmanager-2"))).contains(written);
    for (String damaged : new String[] {"", "4711", "4711 x\n", "-1 0123456789\n", "a b c\n"}) {
      Path file = Files.writeString(folder.resolve("taskmanager-3"), damaged);
      assertThat(ClusterProcess.read(file)).as(damaged).isEmpty();
    }
  }
}
