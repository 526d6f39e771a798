package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Particles of a finished output are merged anew, and nothing is trained. */
class MergeInputTest {
  @TempDir Path folder;

  @Test
  void mergesAsTheRunItselfWouldHave() throws IOException {
    Path earlier = folder.resolve("earlier");
    runEarlier(
        earlier,
        """
        methods:
          - imp
          - {method: swamp, as: mean}
          - {method: swamp, as: stock, merge: stock}
        """);
    Path merged = folder.resolve("merged");
    List<RunRecord> runs =
        Experiments.records(
            folder,
            """
            methods:
              - {method: swamp, as: again}
              - {method: swamp, as: stock, merge: stock}
              - {method: sms-ties, merging: {keep: 0.5}}
            input: {output: %s, runs: [imp-seed1, mean-seed1]}
            """
                .formatted(earlier));
    assertThat(runs)
        .as("imp has one particle a cycle")
        .extracting(RunRecord::getRun)
        .containsExactly("again-mean-seed1", "stock-mean-seed1", "sms-ties-mean-seed1");
    Plan after = Experiments.run(merged, runs);

    assertThat(after.actions()).isNotEmpty().allMatch(action -> action.epochs() == 0);
    assertThat(Tables.BUDGETS.read(new Location(merged.toString()))).isEmpty();
    for (int cycle = 0; cycle <= 2; cycle++) {
      assertThat(weights(merged, "again-mean-seed1", cycle))
          .isEqualTo(weights(earlier, "mean-seed1", cycle));
    }
    // the dense particles are those of both runs; later ones have tickets of their own
    assertThat(weights(merged, "stock-mean-seed1", 0))
        .isEqualTo(weights(earlier, "stock-seed1", 0))
        .isNotEqualTo(weights(earlier, "mean-seed1", 0));
    assertThat(Tables.CYCLES.read(new Location(merged.toString())))
        .filteredOn(row -> row.getSplit().equals("test") && row.getSubject().equals("merged"))
        .extracting(CycleRow::getRun)
        .hasSize(3 * 3)
        .contains("sms-ties-mean-seed1");
  }

  @Test
  void refusesWhatHasNoParticles() throws IOException {
    Path earlier = folder.resolve("earlier");
    runEarlier(earlier, "methods: [imp]\n");
    assertThatThrownBy(() -> Experiments.records(folder, "methods: [sms-ties]\ninput: " + earlier))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no run of this one has several particles");
    assertThatThrownBy(
            () ->
                Experiments.records(
                    folder, "methods: [sms-ties]\ntraining.epochs: 3\ninput: " + earlier))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.epochs has no meaning with an input");
  }

  /** Runs it, and files what it is as the program does. */
  private void runEarlier(Path output, String methods) throws IOException {
    Experiments.run(output, Experiments.records(folder, methods + Experiments.SHORT));
    Files.writeString(
        output.resolve("experiment.yaml"),
        Experiments.load(folder, methods + Experiments.SHORT).toYaml());
  }

  private static ArtifactRef weights(Path output, String run, int cycle) throws IOException {
    Path file = output.resolve("solutions").resolve(run).resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file)) {
      return ContainerFiles.one(SolutionRecord.class, in).getWeights();
    }
  }
}
