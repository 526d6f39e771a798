package io.ticketflow.store.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does again what failed and may succeed later: after 0.2 s, then after twice as long each time up
 * to 5 s, for two minutes from the first failure on.
 */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 5_000;
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StorageFailures failures;

  Retries(StorageFailures failures) {
    this.failures = failures;
  }

  /** Something that may fail and may be done any number of times. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException;
  }

  /**
   * The result of a step.
   *
   * @param what a verb
   * @param file what it is done to
   * @throws IOException naming the file; at once if another try would fail too
   */
  <T> T take(String what, String file, Step<T> step) throws IOException {
    long patience = PATIENCE.toNanos();
    long wait = FIRST_MILLIS;
    long begin = 0;
    for (int tries = 1; ; tries++) {
      try {
        return step.take();
      } catch (IOException | RuntimeException e) {
        if (tries == 1 && isUnregistered(e)) {
          OptionsInUse.again();
          continue;
        }
        begin = tries == 1 ? System.nanoTime() : begin;
        if (!failures.isTransient(e) || System.nanoTime() - begin > patience) {
          throw failures.named(what, file, e);
        }
        if (tries == 1) {
          LOG.warn("Cannot {} {} yet: {}; trying again.", what, file, failures.reason(e));
        }
      }
      pause(wait);
      wait = Math.min(2 * wait, LONGEST_MILLIS);
    }
  }

  /** Beam's registry of file systems has for a moment been set up for others than the run. */
  private static boolean isUnregistered(Exception e) {
    return e instanceof IllegalArgumentException
        && String.valueOf(e.getMessage()).startsWith("No filesystem found for scheme");
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
