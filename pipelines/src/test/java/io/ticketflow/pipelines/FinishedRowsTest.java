package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.report.ExperimentTables;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.Tables;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is finished gives the rows that the finished run writes to its tables, and no others. */
class FinishedRowsTest {
  /**
   * Every way of a row into a table: rounds, soups, pools, members, controls, measures, failures.
   */
  private static final String EXPERIMENT =
      """
      methods:
        - imp
        - {method: swamp, particles: 2}
        - {method: swamp-adaptive, particles: 3, adaptive: {perRound: 1, minGain: 0}}
        - {method: sms-greedy, particles: 2}
        - {method: imp, as: pool, pool: {kinds: [lottery, ema]}}
        - {method: imp, as: two, members: 2}
        - {method: imp, as: one of two, members: 2, together: reprune}
        - {method: imp, as: shuffled, tickets: {from: imp, mask: shuffled}}
        - {method: rigl, as: rigl}
        - {method: imp, as: hot, training: {schedule: {name: constant, learningRate: 100}}}
      measure: {take: [particle-barriers, cycle-planes, hull, diversity, hessian, calibration,
        cycle-masks, units], points: 2, grid: 2, hullPoints: 1, hessianImages: 10, probes: 2, iterations: 1}
      data: {name: glyphs, train: 120, test: 40, validation: 0.25}
      model: {name: lenet-300-100}
      training:
        epochs: 4
        rewindEpochs: 1
        batchSize: 32
        schedule: {name: linear, learningRate: 0.1}
        sparsifier: {interval: 2}
      pruning: {densities: [0.4, 0.1]}
      """;

  @TempDir static Path folder;
  private static List<RunRecord> runs = List.of();
  private static Path output = Path.of("");

  @BeforeAll
  static void run() throws IOException {
    runs = Experiments.records(folder, EXPERIMENT);
    output = folder.resolve("out");
    Experiments.run(output, runs);
  }

  @Test
  void ofAFinishedRunAreItsTables() throws IOException {
    ExperimentTables written = written();
    ExperimentTables gathered = gathered(output);
    assertThat(written.rows(Tables.FAILURES)).isNotEmpty();
    assertThat(
            List.of(
                written.rows(Tables.HULLS),
                written.rows(Tables.PAIRS),
                written.rows(Tables.CURVATURES)))
        .noneMatch(List::isEmpty);
    // who gathers finds what the run made
    assertThat(written.rows(Tables.COSTS)).extracting(CostRow::getCached).contains(false);
    assertThat(gathered.rows(Tables.COSTS))
        .containsExactlyInAnyOrderElementsOf(
            written.rows(Tables.COSTS).stream()
                .map(cost -> CostRow.newBuilder(cost).setCached(true).build())
                .toList());
    for (Table<?> table : Tables.ALL) {
      if (!table.equals(Tables.COSTS)) {
        assertThat(List.copyOf(gathered.rows(table)))
            .as(table.folder())
            .isEqualTo(List.copyOf(written.rows(table)));
      }
    }
  }

  /** Nothing is known of a cycle whose training is not there, nor of what would follow from it. */
  @Test
  void ofAHalfFinishedRunAreThoseOfItsFinishedCycles() throws IOException {
    Path half = copy("half");
    Set<String> later =
        written().rows(Tables.COSTS).stream()
            .filter(cost -> cost.getRun().equals("imp-seed1") && cost.getCycle() == 1)
            .filter(cost -> cost.getKind().equals("train"))
            .map(CostRow::getAction)
            .collect(Collectors.toSet());
    assertThat(later).hasSize(1);
    forget(half, later);

    ExperimentTables gathered = gathered(half);
    assertThat(gathered.rows(Tables.CYCLES))
        .filteredOn(row -> row.getRun().equals("imp-seed1"))
        .isEqualTo(
            written().rows(Tables.CYCLES).stream()
                .filter(row -> row.getRun().equals("imp-seed1") && row.getCycle() == 0)
                .toList());
    // the dense training to the matching ticket counts as cycle 0, and so does that cycle's own
    assertThat(gathered.rows(Tables.EPOCHS))
        .filteredOn(row -> row.getRun().equals("imp-seed1"))
        .hasSize(4)
        .extracting(EpochRow::getCycle)
        .containsOnly(0);
    // its ticket was there before the training
    assertThat(gathered.rows(Tables.LAYERS))
        .filteredOn(row -> row.getRun().equals("imp-seed1"))
        .extracting(LayerRow::getCycle)
        .containsOnly(0, 1);
    assertThat(gathered.rows(Tables.BUDGETS))
        .filteredOn(row -> row.getRun().equals("imp-seed1"))
        .hasSize(1);
    // the pool's run trains the same networks; SWAMP trains others
    assertThat(gathered.rows(Tables.CYCLES))
        .filteredOn(row -> row.getRun().equals("pool-seed1"))
        .extracting(CycleRow::getCycle)
        .containsOnly(0);
    assertThat(gathered.rows(Tables.CYCLES))
        .filteredOn(row -> row.getRun().equals("swamp-seed1"))
        .isEqualTo(
            written().rows(Tables.CYCLES).stream()
                .filter(row -> row.getRun().equals("swamp-seed1"))
                .toList());
  }

  @Test
  void growAsActionsFinishAndAreGatheredOnceOtherwise() throws IOException {
    Path growing = copy("growing");
    Path away = folder.resolve("away");
    Files.move(growing.resolve("actions"), away);
    FinishedRows rows = new FinishedRows(runs, new Workplace(growing.toString()));
    assertThat(rows.now().rows()).isEmpty();
    assertThat(rows.now().foreign()).isFalse();

    Files.move(away, growing.resolve("actions"));
    FinishedRows.Look all = rows.now();
    assertThat(all.number()).isEqualTo(1);
    assertThat(all.foreign()).isFalse();
    assertThat(rows.now()).isSameAs(all);
    ExperimentTables finished = ExperimentTables.ofMetrics("x", all.rows());
    for (Table<?> table : Tables.ALL) {
      assertThat(List.copyOf(finished.rows(table)))
          .isEqualTo(List.copyOf(gathered(output).rows(table)));
    }
  }

  @Test
  void ofOtherRunsAreNone() throws IOException {
    List<RunRecord> others =
        Experiments.records(folder, EXPERIMENT.replace("batchSize: 32", "batchSize: 16"));
    FinishedRows rows = new FinishedRows(others, new Workplace(output.toString()));
    assertThat(rows.now().rows()).isEmpty();
    assertThat(rows.now().foreign()).isTrue();
  }

  private static ExperimentTables written() throws IOException {
    return ExperimentTables.read("x", new Location(output.toString()));
  }

  private static ExperimentTables gathered(Path from) {
    return ExperimentTables.ofMetrics(
        "x", new FinishedRows(runs, new Workplace(from.toString())).now().rows());
  }

  private static Path copy(String name) throws IOException {
    Path to = folder.resolve(name);
    Files.createDirectory(to);
    try (Stream<Path> files = Files.walk(output.resolve("actions"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(output.relativize(file)));
      }
    }
    return to;
  }

  private static void forget(Path from, Set<String> keys) throws IOException {
    for (String key : keys) {
      Files.delete(from.resolve("actions").resolve(key.substring(0, 2)).resolve(key + ".avro"));
    }
  }
}
