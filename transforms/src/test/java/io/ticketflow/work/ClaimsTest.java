package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.ClaimRecord;
import io.ticketflow.store.ClaimStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two groups of threads over the same files, as two processes have them. */
class ClaimsTest {
  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path folder;
  private ClaimStore store = new Workplace(".").claims();

  @BeforeEach
  void open() {
    store = new Workplace(folder.toString()).claims();
  }

  @Test
  void oneHoldsAClaimUntilItIsGivenBack() {
    try (Claims one = new Claims(store, LONG);
        Claims other = new Claims(store, LONG)) {
      assertThat(one.take(KEY)).isTrue();
      assertThat(one.take(KEY)).as("a second thread of the same").isFalse();
      assertThat(other.take(KEY)).isFalse();
      one.giveBack(KEY);
      assertThat(other.take(KEY)).isTrue();
      assertThat(one.take(KEY)).isFalse();
    }
  }

  @Test
  void aClaimThatIsRenewedOutlastsItsLease() throws InterruptedException {
    Duration lease = Duration.ofSeconds(1);
    try (Claims one = new Claims(store, lease);
        Claims other = new Claims(store, lease)) {
      assertThat(one.take(KEY)).isTrue();
      for (int i = 0; i < 25; i++) {
        assertThat(other.take(KEY)).as("after %d ms, %s", 100 * i, store.find(KEY)).isFalse();
        Thread.sleep(100);
      }
    }
  }

  @Test
  void aClaimThatNobodyRenewsIsLostAfterItsLeaseAndNotBefore() throws InterruptedException {
    try (Claims other = new Claims(store, Duration.ofMillis(400))) {
      Claims gone = new Claims(store, LONG);
      assertThat(gone.take(KEY)).isTrue();
      gone.close();
      long first = System.nanoTime();
      assertThat(other.take(KEY)).isFalse();
      while (!other.take(KEY)) {
        Thread.sleep(10);
      }
      assertThat(System.nanoTime() - first).isGreaterThan(Duration.ofMillis(400).toNanos());
      assertThat(store.find(KEY)).isPresent();
    }
  }

  @Test
  void aClaimIsLostAtOnceWhenItsProcessHasEnded() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String own = ThisProcess.identity();
    String its = own.replaceFirst("/" + ThisProcess.number() + " ", "/" + ended.pid() + " ");
    assertThat(its).isNotEqualTo(own);
    store.replace(KEY, new ClaimRecord("another", its, 3L));
    try (Claims one = new Claims(store, LONG)) {
      assertThat(one.take(KEY)).isTrue();
    }
  }

  @Test
  void ofAnotherMachinesProcessNothingIsKnown() {
    String its = "elsewhere-" + ThisProcess.identity();
    store.replace(KEY, new ClaimRecord("another", its, 3L));
    try (Claims one = new Claims(store, LONG)) {
      assertThat(one.take(KEY)).isFalse();
    }
  }
}
