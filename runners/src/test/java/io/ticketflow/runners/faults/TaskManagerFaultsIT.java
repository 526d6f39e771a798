package io.ticketflow.runners.faults;

import static io.ticketflow.runners.faults.agent.Fault.Effect.HEAP;
import static io.ticketflow.runners.faults.agent.Fault.Effect.KILL;
import static io.ticketflow.runners.faults.agent.Fault.Effect.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.faults.agent.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TaskManagers that die, run out of memory or fall silent while others go on: the client sees
 * nothing but a job that takes longer.
 */
@Tag("faults")
class TaskManagerFaultsIT {
  /** Two trainers, each with a checkpoint after every epoch: a job's restart ends both. */
  private static final int AN_EPOCH_PER_TRAINER = 2;

  @TempDir Path folder;
  private Workshop workshop;
  private Laboratory laboratory;
  private Path output;

  @BeforeEach
  void setUp() throws Exception {
    Bench.expected();
    workshop = Workshop.inOrder();
    laboratory = workshop.laboratory();
    output = folder.resolve("out");
  }

  @Test
  void killedBeforeATraining() throws Exception {
    Fault fault =
        Fault.before(KILL, "open").within("ArtifactStore.loadMasks.*ParticleAction").occurrence(2);
    survives(1, "kill -9 of a TaskManager before a training", fault);
  }

  @Test
  void killedInsideAnEpoch() throws Exception {
    Fault fault = Fault.before(KILL, "step").training("cycle 1, particle 1, epoch 4;");
    survives(2, "kill -9 of a TaskManager inside an epoch", fault.occurrence(3));
  }

  @Test
  void killedWhileACheckpointIsWritten() throws Exception {
    Fault fault =
        Fault.before(KILL, "write")
            .path("^tmp/")
            .training("cycle 1, particle 0, epoch 3;")
            .within("CheckpointStore.save")
            .afterBytes(3000);
    survives(3, "kill -9 of a TaskManager while a checkpoint is written", fault);
  }

  @Test
  void killedBetweenArtifactAndActionCommit() throws Exception {
    Fault fault =
        Fault.before(KILL, "create")
            .path("^actions/")
            .training("cycle 1, particle 1, epoch 5;")
            .within("ProgressListener.watch");
    survives(4, "kill -9 of a TaskManager between artifact and action commit", fault);
  }

  @Test
  void killedWhileAveraging() throws Exception {
    Fault fault = Fault.before(KILL, "open").path("^artifacts/").within("AveragingAction");
    survives(5, "kill -9 of a TaskManager while averaging", fault.occurrence(2));
  }

  @Test
  void killedWhileAParquetFileCloses() throws Exception {
    // Parquet writes four bytes at first, and the rest as it closes
    Fault fault = Fault.before(KILL, "write").path("^metrics/epochs/").afterBytes(500);
    survives(6, "kill -9 of a TaskManager while a Parquet file closes", fault);
  }

  @Test
  void sameActionOnTwoWorkersAtOnce() throws Exception {
    Fault fault =
        Fault.before(STOP, "create")
            .path("^actions/")
            .training("cycle 0, particle 1, epoch 5;")
            .within("ProgressListener.watch");
    laboratory.arm(fault);
    Process client = workshop.run(folder, output);
    Event late = stopped(client);
    Path action = output.resolve(late.path());
    Bench.await("another worker commits", () -> Files.exists(action));
    byte[] first = Files.readAllBytes(action);
    long resumed = System.currentTimeMillis();
    Signals.send(workshop.taskManager(late), "CONT");
    Bench.await(
        "the late worker finds its commit taken",
        () -> laboratory.journal().after(resumed, event -> isLook(event, late)).isPresent());
    ends(client, 10, "the same action on two workers at once", fault);
    assertThat(Files.readAllBytes(action)).isEqualTo(first);
  }

  @Test
  void outOfHeap() throws Exception {
    Fault fault = Fault.before(HEAP, "epoch").training("cycle 1, particle 0, epoch 3;");
    survives(19, "a TaskManager that runs out of heap", fault);
  }

  @Test
  void silentPastTheHeartbeatThenBack() throws Exception {
    Fault fault = Fault.before(STOP, "step").training("cycle 1, particle 0, epoch 5;");
    laboratory.arm(fault);
    Process client = workshop.run(folder, output);
    Event zombie = stopped(client);
    ends(client, 20, "SIGSTOP of a TaskManager past the heartbeat, then SIGCONT", fault);
    SortedMap<String, String> before = results();
    Signals.send(workshop.taskManager(zombie), "CONT");
    workshop.cluster().awaitTaskManagers(java.time.Duration.ofMinutes(1));
    assertThat(results()).isEqualTo(before);
  }

  private void survives(int number, String name, Fault fault) throws Exception {
    laboratory.arm(fault);
    ends(workshop.run(folder, output), number, name, fault);
  }

  private void ends(Process client, int number, String name, Fault fault) throws Exception {
    assertThat(Bench.exitCode(client)).as(log()).isZero();
    Journal journal = laboratory.journal();
    assertThat(journal.fired()).as("the fault happened").isPresent();
    assertThat(Bench.metrics(output)).isEqualTo(Bench.expected());
    int lost = journal.epochs() - Bench.EPOCHS;
    assertThat(lost).isBetween(0, AN_EPOCH_PER_TRAINER);
    new Survival(number, name, lost, journal.recovery(fault).orElseThrow()).tell();
  }

  /** The TaskManager that a fault has stopped. */
  private Event stopped(Process client) throws Exception {
    Bench.await(
        "a TaskManager stops",
        () -> {
          assertThat(client.isAlive()).as(log()).isTrue();
          return laboratory.journal().fired().isPresent();
        });
    Event fired = laboratory.journal().fired().orElseThrow();
    ProcessHandle process = workshop.taskManager(fired);
    Bench.await("the signal comes", () -> Signals.isStopped(process));
    return fired;
  }

  private static boolean isLook(Event event, Event late) {
    return event.pid() == late.pid()
        && event.operation().equals("open")
        && event.path().equals(late.path());
  }

  /** Tables and finished actions. */
  private SortedMap<String, String> results() throws IOException {
    SortedMap<String, String> all = new TreeMap<>(Bench.metrics(output));
    try (Stream<Path> files = Files.walk(output.resolve("actions"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(file.toString(), java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return all;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
