package io.ticketflow.work;

import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.DamagedArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells errors and deaths that will recur from those of the machine.
 *
 * <p>An error in an action's own work is tried once more, then it is final: {@link
 * ActionFailedException}. Attempts are counted on storage, so a restart of the job does not begin
 * anew. What storage, memory or an interrupt brings about passes through: it is the runner's to try
 * again, and no run is given up for it. A damaged artifact passes through once, because a job that
 * starts over makes it again.
 *
 * <p>Work may also end its process, as by a crash in native code, with no exception to tell. So
 * each attempt is filed before it begins, and what its worker leaves on file is its death. After
 * one death the work is tried again alone in its JVM, so that no other is taken for its cause;
 * after two it is final. A training that has kept a new state in between has not died twice at one
 * place, and whatever ends a worker in order, such as a cancelled job, a signal or a stopped
 * cluster, is no death.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int LIMIT = 2;

  private static final String DEATHS =
      "the process that worked on this died, and so did the next one, each without an error to tell"
          + " (as by a crash in native code, kill -9 or lack of memory): an hs_err_pid file or the"
          + " system's log may say why";

  private final AttemptStore store;
  private final CheckpointStore checkpoints;

  Attempts(AttemptStore store, CheckpointStore checkpoints) {
    this.store = store;
    this.checkpoints = checkpoints;
  }

  /**
   * What the work makes.
   *
   * @param work is given the number of the attempt that it is, from 1
   * @throws ActionFailedException if it was tried often enough
   */
  <T> T perform(String key, IntFunction<T> work) {
    while (true) {
      int failed = failed(key);
      try {
        return attempt(key, failed, work);
      } catch (RuntimeException | LinkageError | AssertionError e) {
        if (isOfTheMachine(e)) {
          throw e;
        }
        String error = sentence(e);
        if (isCertain(e)) {
          throw new ActionFailedException(error, e);
        }
        int number = store.add(key, error);
        LOG.warn("Attempt {} at action {} failed", number, key, e);
        if (number >= LIMIT) {
          throw new ActionFailedException(error, e);
        }
        if (e instanceof DamagedArtifactException) {
          throw e;
        }
      }
    }
  }

  /** Attempts that ended in an error: they are numbered without a gap. */
  private int failed(String key) {
    int failed = 0;
    Optional<String> last = Optional.empty();
    while (failed < LIMIT) {
      Optional<String> error = store.error(key, failed + 1);
      if (error.isEmpty()) {
        return failed;
      }
      last = error;
      failed++;
    }
    throw new ActionFailedException(last.orElseThrow());
  }

  private <T> T attempt(String key, int failed, IntFunction<T> work) {
    int kept = checkpoints.lastEpoch(key);
    List<Integer> dead = store.unended(key);
    long here = dead.stream().filter(epoch -> epoch == kept).count();
    if (here >= LIMIT) {
      giveUp(key);
      throw new ActionFailedException(DEATHS);
    }
    int number = failed + dead.size() + 1;
    T made =
        Company.work(here > 0, () -> UnderWay.attempt(store, key, kept, () -> work.apply(number)));
    if (!dead.isEmpty()) {
      store.forgetUnended(key); // of those who died of something else
    }
    return made;
  }

  /** Other workers read it, and do not try; the next job tries anew. */
  private void giveUp(String key) {
    LOG.warn("Two workers died of action {}", key);
    int number = 0;
    while (number < LIMIT) {
      number = store.add(key, DEATHS);
    }
    store.forgetUnended(key);
  }

  private static boolean isOfTheMachine(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedArtifactException) {
        return false;
      }
      if (cause instanceof IOException
          || cause instanceof UncheckedIOException
          || cause instanceof InterruptedException
          || cause instanceof CancellationException
          || cause instanceof VirtualMachineError) {
        return true;
      }
    }
    return Thread.currentThread().isInterrupted();
  }

  /** A function of the action's inputs alone. */
  private static boolean isCertain(Throwable error) {
    return error instanceof UserException
        || error instanceof ActionFailedException
        || error instanceof NonFiniteWeightsException
        || error instanceof ArithmeticException;
  }

  /** The root cause first: what wraps it says less. */
  static String sentence(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    Optional<String> message = Optional.ofNullable(root.getMessage());
    boolean speaks =
        root.getClass().getPackageName().startsWith("io.ticketflow.")
            || root instanceof IllegalArgumentException
            || root instanceof ArithmeticException;
    return speaks && message.isPresent()
        ? message.get()
        : Reason.kind(root.getClass().getName()) + message.map(text -> ": " + text).orElse("");
  }
}
