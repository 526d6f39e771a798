package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Trainings give the same bits with vectors of every width, without any, and wherever a collector
 * puts arrays.
 */
class SameBitsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void doNotDependOnVectorsOrCollectors() throws IOException {
    List<String> widest = run(MODULE);
    assertThat(widest).hasSize(9).first().isEqualTo("by vectors");
    List<String> bits = widest.subList(1, widest.size());
    for (String flag :
        List.of(
            "-Dticketflow.vector.bits=128",
            "-Dticketflow.vector.bits=512",
            "-XX:UseAVX=2",
            "-XX:UseAVX=1",
            "-XX:+UseSerialGC",
            "-XX:+UseG1GC")) {
      assertThat(run(MODULE, flag)).as(flag).isEqualTo(widest);
    }
    List<String> without = run();
    assertThat(without).first().isEqualTo("without vectors");
    assertThat(without.subList(1, without.size())).isEqualTo(bits);
  }

  /** What a JVM of its own prints. */
  private static List<String> run(String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions"); // other processors have no AVX
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SmallTrainings.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var lines = process.inputReader()) {
      return lines.lines().toList();
    }
  }
}
