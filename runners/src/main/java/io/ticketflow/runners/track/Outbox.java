package io.ticketflow.runners.track;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Messages on their way to a server, sent one after the other by a thread of its own. Who puts one
 * in never waits: where the box is full, or the server has failed for good, it is dropped.
 */
final class Outbox {
  /** Sends something. */
  @FunctionalInterface
  interface Message {
    void send() throws IOException;
  }

  private static final int TRIES = 3;
  private static final long PAUSE_MILLIS = 200;

  private final String to;
  private final BlockingQueue<Message> waiting;
  private final Thread thread = new Thread(this::work, "tracker");
  private int unsent; // put in and not yet sent or dropped
  private int dropped;
  private Optional<String> failure = Optional.empty();

  /**
   * @param to whom they are sent to, the beginning of a sentence
   * @param capacity messages that may wait
   */
  Outbox(String to, int capacity) {
    this.to = to;
    waiting = new ArrayBlockingQueue<>(capacity);
    thread.setDaemon(true);
    thread.start();
  }

  /** Puts a message in, or drops it. */
  synchronized void put(Message message) {
    if (failure.isEmpty() && waiting.offer(message)) {
      unsent++;
    } else {
      dropped++;
    }
  }

  /**
   * Waits until all is sent, the server has failed, or the time is over; then nothing more is sent.
   *
   * @throws IOException in one sentence, if not everything was sent
   */
  synchronized void close(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (unsent > 0 && failure.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          fail("was too slow");
        } else {
          wait(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    if (failure.isPresent() || dropped > 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s %s: %d messages were not sent",
              to,
              failure.orElse("cannot take so many at once"),
              dropped));
    }
  }

  private void work() {
    try {
      while (true) {
        Message message = waiting.take();
        attempt(message);
        synchronized (this) {
          unsent = Math.max(0, unsent - 1);
          notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the box is closed
    }
  }

  private void attempt(Message message) throws InterruptedException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        message.send();
        return;
      } catch (IOException | RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        if (attempt == TRIES) {
          fail(String.valueOf(e.getMessage()));
        } else {
          Thread.sleep(PAUSE_MILLIS * attempt);
        }
      }
    }
  }

  private synchronized void fail(String why) {
    if (failure.isEmpty()) {
      failure = Optional.of(why);
      dropped += unsent;
      unsent = 0;
      waiting.clear();
    }
    notifyAll();
  }
}
