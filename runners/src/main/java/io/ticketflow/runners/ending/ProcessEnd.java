package io.ticketflow.runners.ending;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * How this process ends: with the code of what it did, or cancelled by a signal.
 *
 * <p>The first of the two decides, once. A signal that comes first undoes what is under way; then
 * the process ends with that signal's code, whatever the work comes to meanwhile. A signal that
 * comes after {@link #decide} changes nothing any more.
 */
public final class ProcessEnd {
  private static final Object LOCK = new Object();
  private static final Deque<Runnable> UNDOINGS = new ArrayDeque<>();

  private static State state = State.OPEN;

  private enum State {
    OPEN,
    DECIDED,
    CANCELLED
  }

  private ProcessEnd() {}

  /** What a signal does to work under way, until it is closed. */
  @FunctionalInterface
  public interface Undoing extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on the signals that ask a process to end are handled here. */
  public static void watchSignals() {
    for (CancellingSignal signal : CancellingSignal.values()) {
      signal.whenItComes(() -> cancel(signal.exitCode()));
    }
  }

  /**
   * From now on a signal does this before it ends the process; the newest comes first. Does not
   * return if a signal has come already.
   */
  public static Undoing onSignal(Runnable undoing) {
    synchronized (LOCK) {
      if (state != State.CANCELLED) {
        UNDOINGS.push(undoing);
        return () -> forget(undoing);
      }
    }
    throw awaitExit();
  }

  /** The work is over, well or not. Does not return if a signal came first. */
  public static void decide() {
    synchronized (LOCK) {
      if (state != State.CANCELLED) {
        state = State.DECIDED;
        return;
      }
    }
    awaitExit();
  }

  /** Ends the process with that code, or with a signal's if one came first. */
  public static void exit(int code) {
    decide();
    System.exit(code);
  }

  private static void cancel(int code) {
    List<Runnable> undoings;
    synchronized (LOCK) {
      if (state != State.OPEN) {
        return;
      }
      state = State.CANCELLED;
      undoings = List.copyOf(UNDOINGS);
    }
    for (Runnable undoing : undoings) {
      try {
        undoing.run();
      } catch (RuntimeException | Error e) {
        // No logger in a field: every command loads this class, and to begin to log takes half of
        // the time that the help does.
        LoggerFactory.getLogger(ProcessEnd.class).warn("What is under way could not be undone", e);
      }
    }
    System.exit(code);
  }

  private static void forget(Runnable undoing) {
    synchronized (LOCK) {
      UNDOINGS.remove(undoing);
    }
  }

  /** The signal's thread has the last word. */
  private static IllegalStateException awaitExit() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        LoggerFactory.getLogger(ProcessEnd.class)
            .debug("Nothing but the end of the process ends this.", e);
      }
    }
  }
}
