package io.ticketflow.runners.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The experiment of all fault tests, and what comes out of it undisturbed: a dense network, then
 * two cycles of two particles, with BatchNorm, augmentation and averages inside trainings.
 */
final class Bench {
  static final String EXPERIMENT =
      """
      name: faults
      methods: [swamp]
      seeds: [1]
      data: {name: glyphs, train: 160, test: 60, crop: 2, flip: true}
      model: {name: resnet-20, width: 2}
      training: {epochs: 5, rewindEpochs: 1, batchSize: 32, swa: {fraction: 0.5}}
      pruning: {rate: 0.3, cycles: 1}
      particles: 2
      """;

  /** One epoch to the matching ticket; then two cycles of two particles of four epochs. */
  static final int EPOCHS = 1 + 2 * 2 * 4;

  private static final long PATIENCE_MINUTES = 5;

  private static SortedMap<String, String> tables = new TreeMap<>();
  private static Path output = Path.of("");
  private static Journal journal = new Journal(List.of());

  private Bench() {}

  /** The experiment's file in a folder. */
  static Path experiment(Path folder) throws IOException {
    return Files.writeString(folder.resolve("faults.yaml"), EXPERIMENT);
  }

  /** The tables of an undisturbed run, by their paths, as hexadecimal text. */
  static synchronized SortedMap<String, String> expected() throws Exception {
    if (tables.isEmpty()) {
      Path folder = Files.createTempDirectory("ticketflow-undisturbed");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder)));
      Laboratory laboratory = new Laboratory(folder.resolve("laboratory"));
      Process process = start(laboratory, folder, folder.resolve("out"));
      assertThat(exitCode(process)).as(folder.resolve("log").toString()).isZero();
      output = folder.resolve("out");
      journal = laboratory.journal();
      assertThat(journal.epochs()).isEqualTo(EPOCHS);
      tables = metrics(output);
      assertThat(tables.keySet())
          .containsExactly(
              "budgets/swamp-seed1.parquet",
              "cycles/swamp-seed1.parquet",
              "epochs/swamp-seed1.parquet",
              "layers/swamp-seed1.parquet");
    }
    return tables;
  }

  /** A copy of the undisturbed run's output, less its tables and report. */
  static Path finishedWork(Path copy) throws Exception {
    expected();
    try (Stream<Path> all = Files.walk(output)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path relative = output.relativize(file);
        if (!relative.startsWith("metrics") && !relative.startsWith("costs")) {
          Files.createDirectories(copy.resolve(relative).getParent());
          Files.copy(file, copy.resolve(relative));
        }
      }
    }
    return copy;
  }

  /** What the undisturbed run came to. */
  static Journal undisturbed() throws Exception {
    expected();
    return journal;
  }

  /** Starts the experiment in a process, with a checkpoint after every epoch. */
  static Process start(Laboratory laboratory, Path folder, Path output, String... more)
      throws IOException {
    return start(laboratory, folder, output.toString(), Map.of(), more);
  }

  /** The same, with an output that may be a URI, and what else is in the environment. */
  static Process start(
      Laboratory laboratory,
      Path folder,
      String output,
      Map<String, String> environment,
      String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", experiment(folder).toString()));
    arguments.add("--output=" + output);
    arguments.addAll(List.of("--checkpointEpochs=1", "--checkpointMinutes=0", "--device=cpu"));
    arguments.addAll(Arrays.asList(more));
    return laboratory.start(folder.resolve("log"), environment, arguments);
  }

  static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
    return process.exitValue();
  }

  /** Looks again and again until something is so. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** Every file under an output's metrics folder. */
  static SortedMap<String, String> metrics(Path output) throws IOException {
    Path metrics = output.resolve("metrics");
    SortedMap<String, String> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(metrics)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes.put(
            metrics.relativize(file).toString(),
            HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }

  private static void deleteQuietly(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // it is in the system's temporary folder
    }
  }
}
