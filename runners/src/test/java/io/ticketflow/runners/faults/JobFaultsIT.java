package io.ticketflow.runners.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.faults.agent.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who lead a job: the JobManager, and the client that sent it. */
@Tag("faults")
class JobFaultsIT {
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
  void killedJobManager() throws Exception {
    Process client = workshop.run(folder, output);
    awaitEpoch(client, "cycle 0, particle 0, epoch 3;");
    ProcessHandle leader = workshop.cluster().jobManager();
    long killed = System.currentTimeMillis();
    leader.destroyForcibly();
    leader.onExit().get();
    workshop.cluster().startJobManager();
    assertThat(Bench.exitCode(client)).as(log()).isEqualTo(ExitCode.FAILED);
    assertThat(output.resolve("metrics/cycles")).doesNotExist();

    workshop.complete();
    long again = System.currentTimeMillis();
    assertThat(Bench.exitCode(workshop.run(folder, output))).as(log()).isZero();
    long whole = System.currentTimeMillis();
    assertThat(Bench.metrics(output)).isEqualTo(Bench.expected());
    Journal journal = laboratory.journal();
    int lost = journal.epochs() - Bench.EPOCHS;
    assertThat(lost).as("two trainers, each with a checkpoint an epoch").isBetween(0, 2);
    // TaskManagers work on until they miss the JobManager, on a slow machine to the last training:
    // then nothing is left but to write the tables.
    long progress = journal.after(again, Journal::isProgress).map(Event::millis).orElse(whole);
    new Survival(7, "kill -9 of the JobManager, then submit again", lost, seconds(killed, progress))
        .tell();
  }

  @Test
  void killedClient() throws Exception {
    Process client = workshop.run(folder, output);
    awaitEpoch(client, "cycle 0, particle 0, epoch 2;");
    long killed = System.currentTimeMillis();
    client.destroyForcibly().waitFor();
    Program.Said status = Program.call("status", output.toString());
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.out()).containsIgnoringCase("running");

    assertThat(Bench.exitCode(workshop.run(folder, output))).as(log()).isZero();
    assertThat(log()).contains("watching it again");
    assertThat(Bench.metrics(output)).isEqualTo(Bench.expected());
    Journal journal = laboratory.journal();
    assertThat(journal.epochs()).as("the job went on").isEqualTo(Bench.EPOCHS);
    long progress = journal.after(killed, Journal::isProgress).map(Event::millis).orElseThrow();
    new Survival(8, "kill -9 of the client, status, run again", 0, seconds(killed, progress))
        .tell();
  }

  private void awaitEpoch(Process client, String epoch) throws Exception {
    Bench.await(
        "the training comes to " + epoch,
        () -> {
          assertThat(client.isAlive()).as(log()).isTrue();
          return laboratory.journal().events().stream()
              .anyMatch(event -> event.training().contains(epoch));
        });
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1000.0;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
