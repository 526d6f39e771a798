package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.layers.Presets;
import io.ticketflow.pipelines.report.Deliverables;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset, in one pipeline from its file to its tables. */
class EveryMethodTest {
  /**
   * LeNet-300-100 on 28 × 28: 784·300 + 300·100 + 100·10; densities 0.4 and 0.1 of it, and the half
   * with which cyclic begins.
   */
  private static final long TOTAL = 266_200;

  private static final Set<Long> KEPT = Set.of(TOTAL, 133_100L, 106_480L, 26_620L);
  private static final long LAST = 26_620;
  private static final double CHANCE = 0.1;

  @TempDir static Path folder;

  private static Path output;
  private static List<RunRecord> runs;
  private static List<CycleRow> rows;

  @BeforeAll
  static void train() throws IOException {
    output = folder.resolve("one");
    runs = Experiments.records(folder, "methods: every preset\n" + Experiments.SMALL);
    Experiments.run(output, runs);
    rows = Deliverables.of(Experiments.cycles(output));
  }

  static Stream<String> methods() {
    return Presets.names().stream();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reachesTheLastDensityExactlyAndBeatsChance(String method) {
    List<CycleRow> results =
        rows.stream()
            .filter(row -> row.getMethod().equals(method))
            .filter(row -> row.getSubject().equals(Deliverables.RESULT))
            .toList();
    assertThat(results).isNotEmpty();
    for (CycleRow row : results) {
      assertThat(KEPT).contains(row.getKept());
      assertThat(row.getTotal()).isEqualTo(TOTAL);
      assertThat(row.getLoss()).isFinite();
      assertThat(row.getNll()).isFinite();
    }
    assertThat(results)
        .filteredOn(row -> row.getKept() == LAST && row.getSplit().equals("test"))
        .hasSize(1)
        .allSatisfy(row -> assertThat(row.getAccuracy()).isGreaterThan(2 * CHANCE));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everySolutionKeepsWhatItSays(String method) throws IOException {
    ArtifactStore artifacts = new Workplace(output.toString()).artifacts();
    List<String> names =
        runs.stream().filter(run -> run.getMethod().equals(method)).map(RunRecord::getRun).toList();
    for (String run : names) {
      for (SolutionRecord solution : solutions(run)) {
        long kept = artifacts.loadMasks(solution.getWeights()).kept();
        assertThat(kept).as(run + " " + solution.getCycle()).isEqualTo(solution.getKept());
      }
      // and so do the layers' counts
      List<LayerRow> layers =
          TableReader.readFile(
              LayerRow.class, output.resolve("metrics/layers/" + run + ".parquet"));
      SolutionRecord last = solutions(run).get(solutions(run).size() - 1);
      assertThat(
              layers.stream()
                  .filter(row -> row.getCycle() == last.getCycle())
                  .mapToLong(LayerRow::getKept)
                  .sum())
          .isEqualTo(last.getKept());
    }
  }

  @Test
  void nothingFails() throws IOException {
    assertThat(
            TableReader.readFolder(
                FailureRecord.class, new Location(output.toString()), "metrics/failures"))
        .isEmpty();
  }

  @Test
  void everyRunTellsItsBudget() throws IOException {
    List<BudgetRow> budgets =
        TableReader.readFolder(BudgetRow.class, new Location(output.toString()), "metrics/budgets");
    assertThat(budgets.stream().map(BudgetRow::getRun).distinct())
        .containsExactlyInAnyOrderElementsOf(runs.stream().map(RunRecord::getRun).toList());
    // 560 images; IMP: an epoch to the matching ticket, then 5 in each of 3 cycles
    assertThat(budgets)
        .filteredOn(row -> row.getRun().equals("imp-seed1"))
        .extracting(BudgetRow::getEpochs)
        .containsExactly(6L, 5L, 5L);
    assertThat(budgets)
        .filteredOn(row -> row.getRun().equals("imp-sam-seed1"))
        .extracting(BudgetRow::getImagePasses)
        .containsExactly(2 * 6 * 560L, 2 * 5 * 560L, 2 * 5 * 560L);
  }

  @Test
  void aSecondRunHasNothingToDoAndGivesTheSameBytes() throws IOException {
    Plan plan = Plan.of(runs, new Workplace(output.toString()));
    assertThat(plan.actions()).noneMatch(action -> action.state() == PlannedAction.State.TO_RUN);
    Path again = folder.resolve("two");
    Experiments.run(again, runs);
    assertThat(Sweeps.bytes(again.resolve("metrics")))
        .isEqualTo(Sweeps.bytes(output.resolve("metrics")));
    assertThat(Sweeps.bytes(again.resolve("artifacts")))
        .isEqualTo(Sweeps.bytes(output.resolve("artifacts")));
  }

  @Test
  void masksAtInitialisationBeatRandomOnes() {
    for (String method : List.of("magnitude-at-init", "snip", "grasp", "synflow")) {
      assertThat(accuracy(method)).as(method).isGreaterThan(accuracy("random"));
    }
  }

  @Test
  void theSearchesGainOnValidationAndTheEnsembleOnItsMembers() {
    for (CycleRow pooled : of("lottery-pools", "merged", "validation")) {
      assertThat(pooled.getAccuracy())
          .isGreaterThanOrEqualTo(
              only(of("lottery-pools", "targets", "validation"), pooled.getCycle()).getAccuracy());
    }
    for (CycleRow soup : of("sms-greedy", "merged", "validation")) {
      assertThat(soup.getAccuracy())
          .isGreaterThanOrEqualTo(
              of("sms-greedy", "particle", "validation").stream()
                  .filter(row -> row.getCycle() == soup.getCycle())
                  .mapToDouble(CycleRow::getAccuracy)
                  .average()
                  .orElseThrow());
    }
    for (CycleRow swamp : of("swamp", "ensemble", "test")) {
      assertThat(swamp.getNll())
          .isLessThanOrEqualTo(
              of("swamp", "particle", "test").stream()
                  .filter(row -> row.getCycle() == swamp.getCycle())
                  .mapToDouble(CycleRow::getNll)
                  .average()
                  .orElseThrow());
    }
  }

  private static List<CycleRow> of(String method, String subject, String split) {
    List<CycleRow> found =
        rows.stream()
            .filter(row -> row.getMethod().equals(method))
            .filter(row -> row.getSubject().equals(subject) && row.getSplit().equals(split))
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static CycleRow only(List<CycleRow> candidates, int cycle) {
    return candidates.stream().filter(row -> row.getCycle() == cycle).findFirst().orElseThrow();
  }

  private static double accuracy(String method) {
    return of(method, "merged", "test").stream()
        .filter(row -> row.getKept() == LAST)
        .mapToDouble(CycleRow::getAccuracy)
        .findFirst()
        .orElseThrow();
  }

  private static List<SolutionRecord> solutions(String run) throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("solutions").resolve(run))) {
      return files
          .sorted()
          .map(
              file -> {
                try (InputStream in = Files.newInputStream(file);
                    var records = ContainerFiles.reader(SolutionRecord.class, in)) {
                  return records.next();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
