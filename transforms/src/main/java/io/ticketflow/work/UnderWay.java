package io.ticketflow.work;

import io.ticketflow.store.AttemptStore;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts that this JVM has begun and not ended. If it ends in order it takes their files
 * away, so that they do not look like deaths.
 */
final class UnderWay {
  private static final Logger LOG = LoggerFactory.getLogger(UnderWay.class);
  private static final Map<String, AttemptStore> FILES = new HashMap<>();

  /** There while there are files only: else it would hold the classes of jobs that are over. */
  private static Thread hook = new Thread();

  private UnderWay() {}

  /**
   * What the work makes; it is on file meanwhile.
   *
   * @throws CancellationException if the JVM is about to end
   */
  static <T> T attempt(AttemptStore store, String key, int epoch, Supplier<T> work) {
    String file = store.announce(key);
    add(file, store);
    try {
      store.begin(file, key, epoch);
      return work.get();
    } finally {
      end(file, store);
    }
  }

  private static void end(String file, AttemptStore store) {
    boolean interrupted = Thread.interrupted(); // a storage's client would give up at once
    try {
      store.end(file);
      remove(file);
    } catch (UncheckedIOException e) {
      LOG.warn("The file {} is taken away when this process ends: {}", file, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static synchronized void add(String file, AttemptStore store) {
    if (FILES.isEmpty()) {
      hook = new Thread(UnderWay::withdraw, "attempts-withdrawn");
      try {
        Runtime.getRuntime().addShutdownHook(hook);
      } catch (IllegalStateException e) {
        throw new CancellationException("the process ends");
      }
    }
    FILES.put(file, store);
  }

  private static synchronized void remove(String file) {
    FILES.remove(file);
    if (FILES.isEmpty()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.debug("the process ends, and the hook is at work", e);
      }
    }
  }

  private static void withdraw() {
    Map<String, AttemptStore> left;
    synchronized (UnderWay.class) {
      left = Map.copyOf(FILES);
    }
    left.forEach(
        (file, store) -> {
          try {
            store.end(file);
          } catch (UncheckedIOException e) {
            LOG.warn("The file {} stays, and looks like a death: {}", file, e.getMessage());
          }
        });
  }
}
