package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that cannot unpack or load a library: what doctor and run say, and what is written. */
class NativeLibrariesIT {
  @TempDir Path temp;

  @BeforeEach
  void experiment() throws IOException {
    Files.writeString(
        temp.resolve("x.yaml"),
        """
        methods: [imp]
        data: {train: 200, test: 100}
        training: {epochs: 1}
        pruning: {cycles: 0}
        """);
  }

  @Test
  void namesAFolderOfTemporaryFilesThatCannotBeUsed() throws Exception {
    Path folder = Files.writeString(temp.resolve("file"), "x").resolve("tmp");
    refusesToBegin(
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder), "java.io.tmpdir, " + folder);
  }

  @Test
  void namesACacheThatCannotBeUsed() throws Exception {
    Path folder = Files.writeString(temp.resolve("file"), "x").resolve("cache");
    refusesToBegin(Map.of("DJL_CACHE_DIR", folder.toString()), folder + " (");
  }

  @Test
  void namesTheFileThatAMountDoesNotLetLoad() throws Exception {
    Optional<Path> mount = mountedNoexec();
    Assumptions.assumeTrue(mount.isPresent(), "no folder here is mounted noexec");
    Path folder = Files.createTempDirectory(mount.get(), "ticketflow-test");
    try {
      refusesToBegin(
          Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder), folder + "/", "noexec");
    } finally {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void refusesToBegin(Map<String, String> environment, String... names) throws Exception {
    assertThat(ended(environment, "doctor")).isEqualTo(ExitCode.FAILED);
    assertThat(temp.resolve("log"))
        .content()
        .contains("problem ")
        .contains("Not ready")
        .contains(names);
    Path output = temp.resolve("out");
    assertThat(ended(environment, "run", temp.resolve("x.yaml").toString(), "--output=" + output))
        .isEqualTo(ExitCode.FAILED);
    assertThat(temp.resolve("log")).content().contains("ticketflow: cannot load ").contains(names);
    assertThat(output).doesNotExist();
  }

  private int ended(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Ticketflow.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return Program.ended(builder.redirectOutput(temp.resolve("log").toFile()).start());
  }

  private static Optional<Path> mountedNoexec() throws IOException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
      return mounts
          .map(mount -> mount.split(" "))
          .filter(fields -> List.of(fields[3].split(",")).contains("noexec"))
          .filter(fields -> fields[2].equals("tmpfs"))
          .map(fields -> Path.of(fields[1]))
          .filter(Files::isWritable)
          .findFirst();
    }
  }
}
