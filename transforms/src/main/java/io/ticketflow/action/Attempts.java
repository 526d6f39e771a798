package io.ticketflow.action;

import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.DamagedArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells errors that will recur from those of the machine.
 *
 * <p>An error in an action's own work is tried once more, then it is final: {@link
 * ActionFailedException}. Attempts are counted on storage, so a restart of the job does not begin
 * anew. What storage, memory or an interrupt brings about passes through: it is the runner's to try
 * again, and no run is given up for it. A damaged artifact passes through once, because a job that
 * starts over makes it again.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int LIMIT = 2;

  private final AttemptStore store;

  Attempts(AttemptStore store) {
    this.store = store;
  }

  /**
   * What the work makes.
   *
   * @throws ActionFailedException if it was tried often enough
   */
  <T> T perform(String key, Supplier<T> work) {
    while (true) {
      store
          .error(key, LIMIT)
          .ifPresent(
              error -> {
                throw new ActionFailedException(error);
              });
      try {
        return work.get();
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
    return error instanceof SpecException
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
