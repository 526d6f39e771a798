package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.RecordedCluster;
import io.ticketflow.runners.job.SubmittedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancelling while a job is sent, which a large graph on a slow line makes long. */
class ClusterJobTest {
  private static final String ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
  private static final String PATH = "/jobs/" + ID;
  private static final String CANCEL = "PATCH " + PATH + "?mode=cancel";

  private RecordedCluster cluster;
  private SubmittedJob job;
  private final CountDownLatch announced = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    cluster = new RecordedCluster();
    job = new SubmittedJob(cluster.address().toString(), ID, "2026-01-01T00:00:00Z");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void endsTheSendingAndLooksForTheJob() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          ClusterJob sending = new ClusterJob(this::forEver, told -> {});
          CompletableFuture<Void> start = started(sending);
          announced.await();
          assertThat(sending.cancel()).contains("Job " + ID + " is not known to its cluster.");
          assertThat(cluster.asked).contains(CANCEL);
          assertThatThrownBy(start::join).hasCauseInstanceOf(JobCancelledException.class);
        });
  }

  @Test
  void cancelsAJobThatArrivesAfterAll() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          ClusterJob sending = new ClusterJob(this::forEver, told -> {});
          CompletableFuture<Void> start = started(sending);
          announced.await();
          CompletableFuture<Boolean> cancelled =
              CompletableFuture.supplyAsync(() -> sending.cancel().isPresent());
          awaitAsked(CANCEL);
          cluster.asked.clear();
          cluster
              .with(PATH + "/status", "{\"status\":\"RUNNING\"}")
              .with(PATH, "{\"jid\":\"" + ID + "\",\"state\":\"RUNNING\",\"vertices\":[]}");
          awaitAsked(CANCEL);
          cluster.with(PATH + "/status", "{\"status\":\"CANCELED\"}");
          assertThat(cancelled.join()).isTrue();
          assertThatThrownBy(start::join).hasCauseInstanceOf(JobCancelledException.class);
        });
  }

  @Test
  void sendsNothingOnceCancelled() {
    ClusterJob early = new ClusterJob(this::forEver, told -> {});
    assertThat(early.cancel()).isEmpty();
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> early.start());
    assertThatThrownBy(early::job).isInstanceOf(JobCancelledException.class);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void announcesNoJobThatWasCancelledWhileItsGraphWasBuilt() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          CountDownLatch building = new CountDownLatch(1);
          CountDownLatch built = new CountDownLatch(1);
          ClusterJob sending =
              new ClusterJob(
                  wanted -> {
                    building.countDown();
                    awaitInSpiteOfInterrupts(built);
                    wanted.accept(job);
                  },
                  told -> {});
          CompletableFuture<Void> start = started(sending);
          building.await();
          assertThat(sending.cancel()).isEmpty();
          built.countDown();
          assertThatThrownBy(start::join).hasRootCauseMessage("Cancelled before a job was sent.");
        });
  }

  private static CompletableFuture<Void> started(ClusterJob job) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            job.start();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void forEver(Consumer<SubmittedJob> wanted) {
    wanted.accept(job);
    announced.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCancelledException("interrupted");
    }
  }

  private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // the graph's builder does not look at interrupts
      }
    }
  }

  private void awaitAsked(String what) throws InterruptedException {
    while (!cluster.asked.contains(what)) {
      Thread.sleep(20);
    }
  }
}
