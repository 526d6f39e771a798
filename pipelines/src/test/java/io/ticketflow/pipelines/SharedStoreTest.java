package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second output over one store has the bytes of one that was trained alone. */
class SharedStoreTest {
  private static final String TINY =
      Experiments.SHORT
          .replace("train: 700, test: 300", "train: 160, test: 40")
          .replace("interval: 10", "interval: 1")
          .replace("particles: 2", "particles: 1");

  @TempDir Path folder;

  private Workplace place(String output) {
    return new Workplace(
        folder.resolve(output).toString(),
        DevicePolicy.CPU,
        CheckpointPolicy.DEFAULT,
        folder.resolve("store").toString());
  }

  @Test
  void alsoWhereTrainingsKeepMasksAndDenseWeights() throws IOException {
    // dpf's trainings have three artifacts each
    List<RunRecord> dpf = Experiments.records(folder, TINY + "methods: [dpf]\n");
    List<RunRecord> both = Experiments.records(folder, TINY + "methods: [dpf, imp]\n");
    Path alone = folder.resolve("alone");
    Sweeps.run(new Workplace(alone.toString()), 2, both.toArray(RunRecord[]::new));
    Sweeps.run(place("first"), 2, dpf.toArray(RunRecord[]::new));
    long trained = trainings(dpf, new Workplace(folder.resolve("none").toString()));
    long all = trainings(both, new Workplace(folder.resolve("none").toString()));
    assertThat(trainings(both, place("second"))).isEqualTo(all - trained).isPositive();

    Sweeps.run(place("second"), 2, both.toArray(RunRecord[]::new));
    Path second = folder.resolve("second");
    for (String part : List.of("metrics", "artifacts", "solutions")) {
      assertThat(Sweeps.bytes(second.resolve(part))).isEqualTo(Sweeps.bytes(alone.resolve(part)));
    }
    assertThat(
            TableReader.readFolder(CostRow.class, second.resolve("costs")).stream()
                .filter(row -> row.getKind().equals("train") && !row.getCached()))
        .hasSize((int) (all - trained));

    Plan third = Plan.of(both, place("third"));
    assertThat(third.epochsToRun()).isZero();
    assertThat(third.actions())
        .extracting(PlannedAction::state)
        .containsOnly(PlannedAction.State.IN_STORE, PlannedAction.State.SHARED);
  }

  private static long trainings(List<RunRecord> runs, Workplace place) {
    return Plan.of(runs, place).trainingsToRun();
  }
}
