package io.ticketflow.runners.track;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.SweptOutput;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Event files of a real run, read back without the code that wrote them. */
class TensorBoardTest {
  private static final Location OUTPUT = Location.of(SweptOutput.folder());

  @Test
  void aFileARunHoldsWhatItsTablesHoldByTheSameBytes() throws IOException {
    told();
    Map<String, byte[]> files = files();
    assertThat(files.keySet())
        .containsExactly("imp-seed1", "imp-seed2", "swamp-seed1", "swamp-seed2");

    EventFileReader swamp = EventFileReader.of(requireNonNull(files.get("swamp-seed1")));
    assertThat(swamp.version()).isEqualTo("brain.Event:2");
    EpochRow epoch =
        Tables.EPOCHS.read(OUTPUT).stream()
            .filter(row -> row.getRun().equals("swamp-seed1") && row.getCycle() == 1)
            .filter(row -> row.getParticle() == 1 && row.getEpoch() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(swamp.scalars())
        .contains(
            scalar("train_loss/cycle_01_particle_1", 2, epoch.getTrainLoss()),
            scalar("train_accuracy/cycle_01_particle_1", 2, epoch.getTrainAccuracy()),
            scalar("validation_loss/cycle_01_particle_1", 2, epoch.getValidationLoss()),
            scalar("learning_rate/cycle_01_particle_1", 2, epoch.getLearningRate()));
    CycleRow cycle =
        Tables.CYCLES.read(OUTPUT).stream()
            .filter(row -> row.getRun().equals("swamp-seed1") && row.getCycle() == 2)
            .filter(row -> row.getSubject().equals("merged") && row.getSplit().equals("test"))
            .findFirst()
            .orElseThrow();
    assertThat(swamp.scalars())
        .contains(
            scalar("test_accuracy/merged", 2, cycle.getAccuracy()),
            scalar("density/merged", 2, cycle.getDensity()),
            scalar(
                "test_accuracy_by_density/merged",
                Math.round(1e6 * cycle.getDensity()),
                cycle.getAccuracy()));
    // 3 cycles × 2 particles × 2 epochs × 5 curves; 3 cycles × 4 networks × 4 measures.
    assertThat(swamp.scalars()).hasSize(60 + 48).isSortedAccordingTo(ORDER);

    told();
    files().forEach((run, bytes) -> assertThat(bytes).as(run).isEqualTo(files.get(run)));
  }

  private static void told() throws IOException {
    List<RunRecord> runs =
        Stream.of("imp-seed1", "imp-seed2", "swamp-seed1", "swamp-seed2", "hot-seed1")
            .map(name -> TrackedRuns.run(name, "{}"))
            .toList();
    TensorBoard board = new TensorBoard();
    board.begun(TrackedRuns.RUNNING, runs);
    board.ended(TrackedRuns.ended(RunState.SOME_RUNS_FAILED), OUTPUT);
  }

  private static final Comparator<Scalar> ORDER =
      Comparator.comparing(Scalar::tag).thenComparingLong(Scalar::step);

  /** Values are stored in single precision. */
  private static Scalar scalar(String tag, long step, double value) {
    return new Scalar(tag, step, (float) value);
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> byRun = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SweptOutput.folder().resolve("tensorboard"))) {
      List<Path> found = all.filter(Files::isRegularFile).toList();
      for (Path file : found) {
        assertThat(file.getFileName().toString()).contains("tfevents");
        byRun.put(requireNonNull(file.getParent()).toFile().getName(), Files.readAllBytes(file));
      }
    }
    return byRun;
  }
}
