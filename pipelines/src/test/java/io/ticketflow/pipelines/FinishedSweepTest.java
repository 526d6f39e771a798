package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is finished is written as the pipeline, which finds it all, writes it again. */
class FinishedSweepTest {
  /** Every kind of record for readers: tickets, solutions, pools; and a run that fails. */
  private static final String EXPERIMENT =
      """
      methods:
        - {method: swamp, particles: 2}
        - {method: imp, as: pool, pool: {kinds: [lottery, ema]}}
        - {method: imp, as: shuffled, tickets: {from: pool, mask: shuffled}}
        - {method: rigl, as: rigl}
        - {method: imp, as: hot, training: {schedule: {name: constant, learningRate: 100}}}
      data: {name: glyphs, train: 120, test: 40, validation: 0.25}
      model: {name: lenet-300-100}
      training: {epochs: 2, rewindEpochs: 1, batchSize: 32, sparsifier: {interval: 2}}
      pruning: {densities: [0.4, 0.1]}
      """;

  @TempDir static Path folder;
  private static List<RunRecord> runs = List.of();
  private static Path output = Path.of("");

  @BeforeAll
  static void runTwice() throws IOException {
    runs = Experiments.records(folder, EXPERIMENT);
    output = folder.resolve("out");
    Experiments.run(output, runs);
    Experiments.run(output, runs); // this one finds everything
  }

  @Test
  void tablesAndRecordsThatAreMissingOrDamagedHaveTheirBytesAgain() throws IOException {
    SortedMap<String, String> whole = Sweeps.bytes(output);
    assertThat(whole.keySet())
        .anyMatch(file -> file.startsWith("pools/"))
        .anyMatch(file -> file.startsWith("metrics/failures/"));
    Path copy = copy("mended");
    try (Stream<Path> tickets = Files.walk(copy.resolve("tickets"))) {
      Files.delete(tickets.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    try (Stream<Path> solutions = Files.walk(copy.resolve("solutions"))) {
      Files.writeString(solutions.filter(Files::isRegularFile).findFirst().orElseThrow(), "x");
    }
    Files.delete(copy.resolve("costs/rigl-seed1.parquet"));
    Files.writeString(copy.resolve("metrics/cycles/pool-seed1.parquet"), "damaged");
    // no row of this table is of that run
    Files.copy(
        copy.resolve("metrics/failures/hot-seed1.parquet"),
        copy.resolve("metrics/failures/rigl-seed1.parquet"));
    Files.createDirectories(copy.resolve("tmp"));
    Files.writeString(copy.resolve("tmp/left.behind"), "x");

    sweep(copy).orElseThrow().write();
    assertThat(Sweeps.bytes(copy)).isEqualTo(whole);
  }

  @Test
  void whatLacksAnActionOrAnArtifactIsNotFinished() throws IOException {
    for (String kind : List.of("actions", "artifacts")) {
      Path copy = copy("without-" + kind);
      try (Stream<Path> files = Files.walk(copy.resolve(kind))) {
        Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
      }
      Map<String, String> before = Sweeps.bytes(copy);
      assertThat(sweep(copy)).isEmpty();
      assertThat(Sweeps.bytes(copy)).isEqualTo(before);
    }
  }

  /** It would not be given what this output has. */
  @Test
  void withAStoreThePipelineHasWork() {
    Workplace place = new Workplace(output.toString());
    Workplace sharing =
        new Workplace(
            place.output(),
            place.devices(),
            place.checkpointing(),
            folder.resolve("store").toString());
    DryRun look = new DryRun(sharing);
    assertThat(FinishedSweep.of(runs, Plan.of(runs, look), look)).isEmpty();
  }

  @Test
  void aPromiseIsNotPublished() {
    Path empty = folder.resolve("empty");
    DryRun publishing = new DryRun(new Workplace(empty.toString())).publishing();
    assertThatThrownBy(() -> Walk.all(publishing, runs))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not finished");
    assertThat(empty).doesNotExist();
  }

  private static Optional<FinishedSweep> sweep(Path of) {
    DryRun look = new DryRun(new Workplace(of.toString()));
    return FinishedSweep.of(runs, Plan.of(runs, look), look);
  }

  private static Path copy(String name) throws IOException {
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(output.relativize(file)));
      }
    }
    return to;
  }
}
