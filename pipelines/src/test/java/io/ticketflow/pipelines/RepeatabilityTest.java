package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same experiment gives the same bytes; what is done once is not done again. */
class RepeatabilityTest {
  private static final RunRecord IMP = Sweeps.record("imp", Sweeps.imp());
  private static final RunRecord SWAMP = Sweeps.record("swamp", Sweeps.swamp(2));

  @TempDir Path folder;

  @Test
  void tablesHaveTheSameBytesAtAnyParallelismAndFromParts() throws IOException {
    Path one = folder.resolve("one");
    Sweeps.run(one, 1, IMP, SWAMP);
    Path four = folder.resolve("four");
    Sweeps.run(four, 4, SWAMP, IMP);
    SortedMap<String, String> metrics = Sweeps.bytes(one.resolve("metrics"));
    assertThat(metrics).hasSize(8);
    assertThat(Sweeps.bytes(four.resolve("metrics"))).isEqualTo(metrics);
    assertThat(Sweeps.bytes(four.resolve("tickets")))
        .isEqualTo(Sweeps.bytes(one.resolve("tickets")));
    assertThat(Sweeps.bytes(four.resolve("artifacts")))
        .isEqualTo(Sweeps.bytes(one.resolve("artifacts")));

    // half of the actions are gone, as after a death: the rest is found, the result is the same
    List<Path> actions;
    try (Stream<Path> files = Files.walk(four.resolve("actions"))) {
      actions = files.filter(Files::isRegularFile).sorted().toList();
    }
    for (int i = 0; i < actions.size(); i += 2) {
      Files.delete(actions.get(i));
    }
    Sweeps.run(four, 2, IMP, SWAMP);
    assertThat(Sweeps.bytes(four.resolve("metrics"))).isEqualTo(metrics);
  }

  @Test
  void cyclesWithoutStagesOfTheirOwnGiveTheSameBytes() throws IOException {
    Path staged = folder.resolve("staged");
    Sweeps.run(staged, 2, IMP, SWAMP);
    Path rest = folder.resolve("rest");
    Sweeps.run(new Workplace(rest.toString()), 2, 1, IMP, SWAMP);
    assertThat(Sweeps.bytes(rest.resolve("metrics")))
        .isEqualTo(Sweeps.bytes(staged.resolve("metrics")));
    List<CostRow> costs = TableReader.readFolder(CostRow.class, rest.resolve("costs"));
    assertThat(costs).hasSameSizeAs(TableReader.readFolder(CostRow.class, staged.resolve("costs")));
    assertThat(costs.stream().filter(row -> row.getKind().equals("train") && !row.getCached()))
        .as("a dense training, three of IMP and six of SWAMP")
        .hasSize(1 + 3 * 3);
  }

  @Test
  void secondRunTrainsNothing() throws IOException {
    Sweeps.run(folder, 2, IMP, SWAMP);
    Plan plan = Plan.of(List.of(IMP, SWAMP), new Workplace(folder.toString()));
    assertThat(plan.actions()).noneMatch(action -> action.state() == PlannedAction.State.TO_RUN);
    SortedMap<String, String> metrics = Sweeps.bytes(folder.resolve("metrics"));
    Sweeps.run(folder, 2, IMP, SWAMP);
    assertThat(TableReader.readFolder(CostRow.class, folder.resolve("costs")))
        .isNotEmpty()
        .allMatch(CostRow::getCached);
    assertThat(Sweeps.bytes(folder.resolve("metrics"))).isEqualTo(metrics);
  }

  @Test
  void planFindsTheSharingBeforeAnythingHasRun() throws IOException {
    // from one ticket, SWAMP with 1, 2 and 4 particles trains 4 in the first cycle, not 7
    List<RunRecord> runs =
        Stream.of(1, 2, 4)
            .map(particles -> Sweeps.record("swamp-" + particles, Sweeps.swamp(particles)))
            .toList();
    Workplace place = new Workplace(folder.toString());
    Plan before = Plan.of(runs, place);
    assertThat(before.requestedEpochs()).isEqualTo(3 * 1 + 3 * 7 * 2);
    assertThat(before.uniqueEpochs()).isEqualTo(1 + (4 + 7 + 7) * 2);

    Sweeps.run(folder, 2, runs.toArray(RunRecord[]::new));
    Map<Integer, Long> trained =
        TableReader.readFolder(CostRow.class, folder.resolve("costs")).stream()
            .filter(row -> row.getKind().equals("train") && row.getParticle() >= 0)
            .filter(row -> !row.getCached())
            .collect(Collectors.groupingBy(CostRow::getCycle, Collectors.counting()));
    assertThat(trained).isEqualTo(Map.of(0, 4L, 1, 7L, 2, 7L));
    assertThat(Plan.of(runs, place).epochsToRun()).isZero();
  }

  @Test
  void lossThatTurnsNanEndsItsRunAndNoOther() throws IOException {
    RunRecord wild =
        Sweeps.record("wild", Sweeps.imp("particles: 2", "training.schedule.learningRate: 100"));
    Sweeps.run(folder, 2, wild, IMP);
    List<FailureRecord> failures =
        TableReader.readFolder(FailureRecord.class, folder.resolve("metrics/failures"));
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).getRun()).isEqualTo("wild");
    assertThat(failures.get(0).getMessage())
        // step 5 of 21 on the cosine from 100 to 0: 50 · (1 + cos(π · 4 / 21))
        .startsWith("cycle 0, matching ticket: ")
        .contains("epoch 1, step 5, at learning rate 91.3119");
    assertThat(TableReader.readFolder(CycleRow.class, folder.resolve("metrics/cycles")))
        .isNotEmpty()
        .allMatch(row -> row.getRun().equals("imp"));
  }
}
