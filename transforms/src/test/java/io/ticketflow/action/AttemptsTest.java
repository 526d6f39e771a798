package io.ticketflow.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.LocalBlobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
  private static final String KEY = "3c".repeat(32);

  @TempDir Path folder;
  private final AtomicInteger calls = new AtomicInteger();
  private AttemptStore store;

  @BeforeEach
  void openStore() {
    store = new AttemptStore(new LocalBlobs(folder));
  }

  @Test
  void anErrorThatDoesNotRecurIsForgiven() {
    String made =
        attempts()
            .perform(
                KEY,
                () -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("a hiccup");
                  }
                  return "made";
                });
    assertThat(made).isEqualTo("made");
    assertThat(calls).hasValue(2);
  }

  @Test
  void anErrorThatRecursIsFinalAfterTwoAttemptsOfAnyWorker() {
    Supplier<String> broken =
        () -> {
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
    assertThat(attempts().<String>perform(KEY, () -> "made")).isEqualTo("made");
  }

  @Test
  void whatTheInputsDecideIsNotTriedTwice() {
    Supplier<String> wrong =
        () -> {
          calls.incrementAndGet();
          throw new SpecException("There is no folder /data/mnist.");
        };
    assertThatThrownBy(() -> attempts().perform(KEY, wrong))
        .isInstanceOf(ActionFailedException.class)
        .hasMessage("There is no folder /data/mnist.");
    assertThat(calls).hasValue(1);
  }

  @Test
  void theRootOfAnErrorSpeaksFirst() {
    Supplier<String> wrapped =
        () -> {
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
                          () -> {
                            throw trouble;
                          }))
          .isSameAs(trouble);
    }
    assertThat(store.error(KEY, 1)).isEmpty();
  }

  @Test
  void aDamagedArtifactMayBeMadeAgainOnce() {
    Supplier<String> damaged =
        () -> {
          ArtifactRef lost = new ArtifactRef("artifacts/ab/x.avro", "ab", 3L);
          new ArtifactStore(new LocalBlobs(folder)).verify(lost);
          return "not reached";
        };
    assertThatThrownBy(() -> attempts().perform(KEY, damaged))
        .isInstanceOf(DamagedArtifactException.class);
    assertThatThrownBy(() -> attempts().perform(KEY, damaged))
        .isInstanceOf(ActionFailedException.class)
        .hasMessageContaining("artifacts/ab/x.avro");
  }

  private Attempts attempts() {
    return new Attempts(store);
  }
}
