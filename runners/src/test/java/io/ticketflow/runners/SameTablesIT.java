package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same experiment, run by the program as a process of its own, gives the same metrics to the
 * byte: on either runner, at any parallelism, and when it was killed in between.
 */
class SameTablesIT {
  private static final String EXPERIMENT =
      """
      name: same
      methods: [imp, swamp]
      seeds: [1]
      data: {name: glyphs, train: 96, test: 32, crop: 2, flip: true}
      model: {name: resnet-20, width: 2}
      training: {epochs: 4, rewindEpochs: 1, batchSize: 32, swa: {fraction: 0.5}}
      pruning: {rate: 0.3, cycles: 2}
      particles: 2
      """;

  @TempDir static Path folder;
  private static Path experiment;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void undisturbed() throws Exception {
    experiment = Files.writeString(folder.resolve("same.yaml"), EXPERIMENT);
    assertThat(run("direct", "--targetParallelism=1")).isZero();
    expected = metrics("direct");
    assertThat(expected.keySet())
        .containsExactly(
            "budgets/imp-seed1.parquet",
            "budgets/swamp-seed1.parquet",
            "cycles/imp-seed1.parquet",
            "cycles/swamp-seed1.parquet",
            "epochs/imp-seed1.parquet",
            "epochs/swamp-seed1.parquet",
            "layers/imp-seed1.parquet",
            "layers/swamp-seed1.parquet");
  }

  @Test
  void onFlink() throws Exception {
    assertThat(run("flink", "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=4"))
        .isZero();
    assertThat(metrics("flink")).isEqualTo(expected);
  }

  @Test
  @Tag("faults") // for its time; PresetsTest holds the presets to it
  void swampWithOneParticleAndNoAveragingIsImp() throws Exception {
    String swamp =
        "methods=[{method: swamp, as: imp, particles: 1, training: {swa: {fraction: 0}}}]";
    assertThat(run("one", swamp)).isZero();
    SortedMap<String, String> imp = new TreeMap<>(expected);
    imp.keySet().removeIf(table -> table.contains("swamp"));
    assertThat(metrics("one")).isEqualTo(imp);
  }

  @Test
  @Tag("faults") // for its time
  void killedInATrainingAndRunAgain() throws Exception {
    Process doomed = startAndWaitForWork("killed");
    doomed.destroyForcibly().waitFor();
    assertThat(folder.resolve("killed/metrics/cycles")).doesNotExist();

    assertThat(run("killed", "--targetParallelism=2")).isZero();
    assertThat(metrics("killed")).isEqualTo(expected);
  }

  @Test
  @Tag("faults") // for its time
  void cancelledByTheKeyboardAndRunAgain() throws Exception {
    Process cancelled = startAndWaitForWork("cancelled");
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(cancelled.pid())).start().waitFor())
        .isZero();
    assertThat(cancelled.waitFor(1, TimeUnit.MINUTES)).as("ended in time").isTrue();
    assertThat(cancelled.exitValue()).isEqualTo(130);
    assertThat(Files.readString(folder.resolve("cancelled.log")))
        .contains("run the same command again to go on");
    assertThat(Files.readString(folder.resolve("cancelled/status.json"))).contains("CANCELLED");

    assertThat(run("cancelled", "--targetParallelism=2")).isZero();
    assertThat(metrics("cancelled")).isEqualTo(expected);
  }

  /** A run that is past its first cycle: there is something to find and something to do. */
  private static Process startAndWaitForWork(String output)
      throws IOException, InterruptedException {
    Process process = start(output, "--targetParallelism=2");
    while (process.isAlive() && new Program(folder).files(output, "actions") < 12) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as("still at work").isTrue();
    return process;
  }

  private static int run(String output, String... options)
      throws IOException, InterruptedException {
    return Program.ended(start(output, options));
  }

  private static Process start(String output, String... options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", experiment.toString(), "--output=" + folder.resolve(output)));
    arguments.addAll(Arrays.asList(options));
    return new Program(folder).start(output, arguments.toArray(String[]::new));
  }

  private static SortedMap<String, String> metrics(String output) throws IOException {
    return new Program(folder).metrics(output);
  }
}
