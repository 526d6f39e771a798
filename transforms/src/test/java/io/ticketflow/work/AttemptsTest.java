package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.LocalBlobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
  private static final String KEY = "3c".repeat(32);

  @TempDir Path folder;
  private final AtomicInteger calls = new AtomicInteger();
  private AttemptStore store;
  private CheckpointStore checkpoints;

  @BeforeEach
  void openStore() {
    store = new AttemptStore(new LocalBlobs(folder));
    checkpoints = new CheckpointStore(new LocalBlobs(folder));
  }

  @Test
  void anErrorThatDoesNotRecurIsForgiven() {
    String made =
        attempts()
            .perform(
                KEY,
                number -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("a hiccup");
                  }
                  return "made by attempt " + number;
                });
    assertThat(made).isEqualTo("made by attempt 2");
    assertThat(calls).hasValue(2);
  }

  @Test
  void anErrorThatRecursIsFinalAfterTwoAttemptsOfAnyWorker() {
    IntFunction<String> broken =
        number -> {
          calls.incrementAndGet();
          throw new NoClassDefFoundError("io/example/Missing");
        };
    assertThatThrownBy(() -> attempts().perform(KEY, broken))
        .isInstanceOf(ActionFailedException.class)
        .hasMessage("no class def found: io/example/Missing");
    assertThat(calls).hasValue(2);
    // the next worker reads it and does not try
    assertThatThrownBy(() -> attempts().perform(KEY, broken))
        .hasMessage("no class def found: io/example/Missing");
    assertThat(calls).hasValue(2);
  }

  @Test
  void aNewJobTriesAgain() throws IOException {
    store.add(KEY, "first");
    store.add(KEY, "second");
    store.clear();
    assertThat(attempts().<String>perform(KEY, number -> "made")).isEqualTo("made");
  }

  @Test
  void whatTheInputsDecideIsNotTriedTwice() {
    IntFunction<String> wrong =
        number -> {
          calls.incrementAndGet();
          throw new UserException("There is no folder /data/mnist.");
        };
    assertThatThrownBy(() -> attempts().perform(KEY, wrong))
        .isInstanceOf(ActionFailedException.class)
        .hasMessage("There is no folder /data/mnist.");
    assertThat(calls).hasValue(1);
  }

  @Test
  void theRootOfAnErrorSpeaksFirst() {
    IntFunction<String> wrapped =
        number -> {
          throw new RuntimeException("stage 3", new ArrayIndexOutOfBoundsException("Index 5"));
        };
    assertThatThrownBy(() -> attempts().perform(KEY, wrapped))
        .hasMessage("array index out of bounds: Index 5");
  }

  @Test
  void theMachinesTroublesAreNobodysFailure() {
    for (RuntimeException trouble :
        new RuntimeException[] {
          new UncheckedIOException(new IOException("No space left on device")),
          new IllegalStateException(new IOException("connection reset")),
          new CancellationException("interrupted")
        }) {
      assertThatThrownBy(
              () ->
                  attempts()
                      .perform(
                          KEY,
                          number -> {
                            throw trouble;
                          }))
          .isSameAs(trouble);
    }
    assertThat(store.error(KEY, 1)).isEmpty();
  }

  @Test
  void aDamagedArtifactMayBeMadeAgainOnce() {
    IntFunction<String> damaged =
        number -> {
          ArtifactRef lost = ArtifactRefs.unchecked("artifacts/ab/x.avro", "ab", 3L);
          new ArtifactStore(new LocalBlobs(folder)).verify(lost);
          return "not reached";
        };
    assertThatThrownBy(() -> attempts().perform(KEY, damaged))
        .isInstanceOf(DamagedArtifactException.class);
    assertThatThrownBy(() -> attempts().perform(KEY, damaged))
        .isInstanceOf(ActionFailedException.class)
        .hasMessageContaining("artifacts/ab/x.avro");
  }

  @Test
  void whatKilledTwoWorkersIsNotTriedAThirdTimeByAnyOfThisJob() throws IOException {
    dies(0);
    dies(0);
    for (int worker = 1; worker <= 2; worker++) {
      assertThatThrownBy(() -> attempts().perform(KEY, this::count))
          .isInstanceOf(ActionFailedException.class)
          .hasMessageContaining("died, and so did the next one");
    }
    assertThat(calls).hasValue(0);
    store.clear();
    attempts().perform(KEY, this::count);
    assertThat(calls).as("by the next job").hasValue(1);
  }

  @Test
  void deathsOutliveTheJobUntilTheyAreTold() throws IOException {
    dies(0);
    store.clear();
    dies(0);
    store.clear();
    assertThatThrownBy(() -> attempts().perform(KEY, this::count))
        .isInstanceOf(ActionFailedException.class);
  }

  @Test
  void aDeathBeforeTheLastCheckpointIsForgiven() {
    dies(0);
    checkpoints.save(KEY, afterEpoch3());
    dies(3);
    assertThat(attempts().perform(KEY, this::count)).isEqualTo("attempt 3");
    assertThat(calls).hasValue(1);
    assertThat(store.unended(KEY)).isEmpty();
  }

  @Test
  void whateverEndsAnAttemptInOrderIsNoDeath() {
    for (RuntimeException end :
        new RuntimeException[] {
          new CancellationException("interrupted"),
          new UncheckedIOException(new IOException("full"))
        }) {
      assertThatThrownBy(
              () ->
                  attempts()
                      .perform(
                          KEY,
                          number -> {
                            assertThat(store.unended(KEY)).as("on file").containsExactly(0);
                            throw end;
                          }))
          .isSameAs(end);
      assertThat(store.unended(KEY)).isEmpty();
    }
  }

  @Test
  void afterADeathItWorksAloneUntilItMakesProgress() throws Exception {
    dies(0);
    CountDownLatch others = new CountDownLatch(1);
    CountDownLatch trusted = new CountDownLatch(1);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      Future<String> other =
          attempts()
              .perform(
                  KEY,
                  number -> {
                    Future<String> waits =
                        workers.submit(
                            () -> {
                              others.countDown();
                              return attempts().perform("4d".repeat(32), any -> "other");
                            });
                    await(others);
                    assertThatThrownBy(() -> waits.get(200, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                    Company.admit();
                    assertThat(valueOf(waits)).isEqualTo("other");
                    trusted.countDown();
                    return waits;
                  });
      assertThat(other.get()).isEqualTo("other");
      await(trusted);
    } finally {
      workers.shutdownNow();
    }
  }

  /** What a worker leaves that begins and ends as its process does. */
  private void dies(int epoch) {
    store.begin(store.announce(KEY), KEY, epoch);
  }

  private String count(int number) {
    calls.incrementAndGet();
    return "attempt " + number;
  }

  private static Checkpoint afterEpoch3() {
    EpochPoint point =
        EpochPoint.newBuilder()
            .setEpoch(3)
            .setLearningRate(0.1)
            .setTrainLoss(0.2)
            .setTrainAccuracy(0.5)
            .build();
    Tensor weights = new Tensor("w", TensorRole.PRUNABLE, List.of(1L), new float[1]);
    return new Checkpoint(3, List.of(point), TensorSet.of(List.of(weights)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T valueOf(Future<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Attempts attempts() {
    return new Attempts(store, checkpoints);
  }
}
