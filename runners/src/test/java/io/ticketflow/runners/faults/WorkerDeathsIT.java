package io.ticketflow.runners.faults;

import static io.ticketflow.runners.faults.agent.Fault.Effect.KILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.faults.agent.Fault;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of which its process dies each time, as of a crash in native code. */
class WorkerDeathsIT {
  private static final String TWO_RUNS = "seeds=[1, 2]";
  private static final int KILLED = 128 + 9;
  private static final Fault DEADLY_TRAINING =
      Fault.before(KILL, "step").training("seed 2, cycle 0, particle 1, epoch 2;").everyTime();

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void setUp() throws Exception {
    Bench.expected();
    output = folder.resolve("out");
  }

  @Test
  @Tag("faults")
  void theProcessThatRunsAllDiesTwiceAndTheThirdSaysSo() throws Exception {
    Laboratory laboratory = new Laboratory(folder.resolve("laboratory"));
    laboratory.arm(DEADLY_TRAINING);
    for (int start = 1; start <= 2; start++) {
      Process process = Bench.start(laboratory, folder, output, TWO_RUNS);
      assertThat(Bench.exitCode(process)).as(log()).isEqualTo(KILLED);
    }
    Process third = Bench.start(laboratory, folder, output, TWO_RUNS);
    assertThat(Bench.exitCode(third)).as(log()).isEqualTo(ExitCode.SOME_RUNS_FAILED);
    theOtherRunIsWhole();

    // What was told is another try's no more.
    laboratory.clear();
    Process fourth = Bench.start(laboratory, folder, output, TWO_RUNS);
    assertThat(Bench.exitCode(fourth)).as(log()).isZero();
    assertThat(new Program(folder).files("out", "attempts")).isZero();
  }

  @Test
  @Tag("faults")
  void twoTaskManagersDieAndTheThirdGoesOnWithTheRest() throws Exception {
    Workshop workshop = Workshop.inOrder();
    workshop.laboratory().arm(DEADLY_TRAINING);
    Process client = workshop.run(folder, output, TWO_RUNS);
    assertThat(Bench.exitCode(client)).as(log()).isEqualTo(ExitCode.SOME_RUNS_FAILED);
    assertThat(workshop.cluster().taskManagers()).as("of three").hasSize(1);
    // The second may die before the first is seen to be gone: then both are told at once.
    assertThat(log()).contains("Workers are being lost, 2 so far");
    theOtherRunIsWhole();
  }

  private void theOtherRunIsWhole() throws Exception {
    SortedMap<String, String> tables = Bench.metrics(output);
    tables.keySet().removeIf(table -> table.contains("seed2"));
    assertThat(tables).isEqualTo(Bench.expected());
    List<FailureRecord> failures =
        TableReader.readFolder(FailureRecord.class, Location.of(output), "metrics/failures");
    assertThat(failures)
        .extracting(FailureRecord::getRun, FailureRecord::getCycle, FailureRecord::getParticle)
        .containsExactly(tuple("swamp-seed2", 0, 1));
    assertThat(failures.get(0).getMessage()).contains("died, and so did the next one");
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
