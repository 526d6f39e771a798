package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {
  @TempDir Path temp;

  @Test
  void whatCannotBeIsNamed() {
    assertRefused(() -> new ClusterSettings(0, 2, 0, "3g", Map.of()), "--taskmanagers");
    assertRefused(() -> new ClusterSettings(1, 0, 0, "3g", Map.of()), "--slots");
    assertRefused(() -> new ClusterSettings(1, 1, 65_536, "3g", Map.of()), "--port");
    assertRefused(() -> new ClusterSettings(1, 1, 0, "much", Map.of()), "--taskmanager-memory");
  }

  @Test
  void memoryThatDoesNotSufficeIsFoundBeforeAnythingIsWritten() {
    ClusterFolder folder = new ClusterFolder(temp.resolve("cluster"));
    assertRefused(
        () -> LocalCluster.planned(folder, new ClusterSettings(1, 1, 0, "600m", Map.of())),
        "memory of a taskmanager");
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void theUsersSettingsWin() {
    ClusterSettings settings =
        new ClusterSettings(2, 3, 0, "3g", Map.of("parallelism.default", "1"));
    Map<String, String> all =
        settings.over(FlinkSettings.local(), 4711, 4712, new ClusterFolder(temp));
    assertThat(all)
        .containsEntry("parallelism.default", "1")
        .containsEntry("taskmanager.numberOfTaskSlots", "3")
        .containsEntry("rest.bind-port", "4711")
        .containsEntry("jobmanager.rpc.port", "4712")
        .containsEntry("restart-strategy.type", "exponential-delay");
  }

  @Test
  void flinkGetsTheMemoryThatWasAskedFor() {
    Role.Memory memory =
        Role.TASK_MANAGER.memory(
            Configuration.fromMap(
                Map.of(
                    "taskmanager.memory.process.size", "2g",
                    "taskmanager.memory.managed.size", "512m",
                    "taskmanager.memory.network.max", "128m",
                    "taskmanager.memory.jvm-metaspace.size", "256m",
                    "taskmanager.memory.jvm-overhead.max", "200m",
                    "taskmanager.memory.jvm-overhead.min", "200m")));
    // 2048 - 512 managed - 128 network - 128 off-heap of the framework - 256 - 200
    assertThat(memory.flags()).contains("-Xmx" + (824L << 20), "-Xms" + (824L << 20));
    assertThat(memory.arguments())
        .containsSubsequence("-D", "taskmanager.memory.managed.size=" + (512L << 20) + "b");
  }

  @Test
  void aFolderOfTheUsersIsLeftAsItWas() throws Exception {
    Files.createDirectories(temp.resolve("conf"));
    Path theirs = Files.writeString(temp.resolve("conf/config.yaml"), "mine: true\n");
    ClusterSettings settings = new ClusterSettings(1, 1, 0, "2g", Map.of());
    assertRefused(() -> ClusterStart.run(new ClusterFolder(temp), settings), temp.toString());
    assertRefused(() -> ClusterStart.run(new ClusterFolder(theirs), settings), "config.yaml");
    assertThat(theirs).hasContent("mine: true");
    try (var files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile)).isEqualTo(List.of(theirs));
    }
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String naming) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessageContaining(naming);
  }
}
