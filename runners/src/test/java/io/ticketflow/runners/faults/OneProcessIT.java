package io.ticketflow.runners.faults;

import static io.ticketflow.runners.faults.agent.Fault.Effect.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.faults.agent.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a run in a process of its own, and to the folder that it writes to. */
class OneProcessIT {
  private static final Fault STOP_AMID_A_TRAINING =
      Fault.before(STOP, "step").training("cycle 1, particle 0, epoch 3;").occurrence(2);

  /**
   * Epochs 3 to 5 of the particle, after which the run finds that nothing can be kept, and those of
   * the other one, if that has begun by then.
   */
  private static final int SINCE_THE_LAST_CHECKPOINT = 3 + 4;

  @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void setUp() throws Exception {
    laboratory = new Laboratory(folder.resolve("laboratory"));
  }

  @Test
  @Tag("faults")
  void cancelledByTheKeyboard() throws Exception {
    Path output = folder.resolve("out");
    laboratory.arm(STOP_AMID_A_TRAINING);
    Process process = start(output);
    long cancelled = awaitStop(process);
    Signals.send(process.toHandle(), "INT");
    Signals.send(process.toHandle(), "CONT");
    assertThat(Bench.exitCode(process)).as(log()).isEqualTo(ExitCode.CANCELLED);
    assertThat(output.resolve("metrics/cycles")).doesNotExist();
    runAgain(output, 9, "Ctrl-C, then the same command", cancelled, 1);
  }

  @Test
  @Tag("faults")
  void diskFullInMidWrite() throws Exception {
    Path disk = folder.resolve("disk");
    try (Volume volume = Volume.mount(disk, 64 << 20)) {
      Path output = disk.resolve("out");
      laboratory.arm(STOP_AMID_A_TRAINING);
      Process process = start(output);
      long full = awaitStop(process);
      Path ballast = volume.fill();
      Signals.send(process.toHandle(), "CONT");
      assertThat(Bench.exitCode(process)).as(log()).isEqualTo(ExitCode.FAILED);
      assertThat(log()).contains("No space left on device");
      Files.delete(ballast);
      runAgain(output, 15, "a full disk, then space again", full, SINCE_THE_LAST_CHECKPOINT);
    }
  }

  @Test
  @Tag("faults")
  void outputMadeReadOnly() throws Exception {
    Path disk = folder.resolve("disk");
    try (Volume volume = Volume.mount(disk, 64 << 20)) {
      Path output = disk.resolve("out");
      laboratory.arm(STOP_AMID_A_TRAINING);
      Process process = start(output);
      long changed = awaitStop(process);
      volume.makeReadOnly(output);
      Signals.send(process.toHandle(), "CONT");
      assertThat(Bench.exitCode(process)).as(log()).isEqualTo(ExitCode.FAILED);
      assertThat(log()).contains("Read-only file system");
      volume.makeWritable(output);
      runAgain(
          output,
          16,
          "an output made read-only, then writable",
          changed,
          SINCE_THE_LAST_CHECKPOINT);
    }
  }

  @Test
  void oneRunOfASweepAlwaysFails() throws Exception {
    Path output = folder.resolve("out");
    String methods =
        "methods=[swamp, {method: swamp, as: broken,"
            + " training: {schedule: {learningRate: 100}, optimiser: {weightDecay: 0.9}}}]";
    Process process = Bench.start(laboratory, folder, output, methods);
    assertThat(Bench.exitCode(process)).as(log()).isEqualTo(ExitCode.SOME_RUNS_FAILED);
    SortedMap<String, String> tables = Bench.metrics(output);
    assertThat(tables).containsKey("failures/broken-seed1.parquet");
    tables.keySet().removeIf(table -> table.contains("broken"));
    assertThat(tables).isEqualTo(Bench.expected());
    int ofTheBrokenRun = laboratory.journal().epochs() - Bench.EPOCHS;
    assertThat(ofTheBrokenRun).as("tried twice at most").isBetween(1, 10);
    new Survival(17, "one run of a sweep that always fails", ofTheBrokenRun, 0).tell();
  }

  private Process start(Path output) throws IOException {
    return Bench.start(laboratory, folder, output, "--targetParallelism=1");
  }

  private long awaitStop(Process process) throws Exception {
    Bench.await(
        "the process stops",
        () -> {
          assertThat(process.isAlive()).as(log()).isTrue();
          return Signals.isStopped(process.toHandle());
        });
    return System.currentTimeMillis();
  }

  private void runAgain(Path output, int number, String fault, long since, int mayLose)
      throws Exception {
    long started = System.currentTimeMillis();
    Process process = start(output);
    assertThat(Bench.exitCode(process)).as(log()).isZero();
    assertThat(Bench.metrics(output)).isEqualTo(Bench.expected());
    Journal journal = laboratory.journal();
    int lost = journal.epochs() - Bench.EPOCHS;
    assertThat(lost).isBetween(0, mayLose);
    long progress = journal.after(started, Journal::isProgress).map(Event::millis).orElseThrow();
    new Survival(number, fault, lost, (progress - since) / 1000.0).tell();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
