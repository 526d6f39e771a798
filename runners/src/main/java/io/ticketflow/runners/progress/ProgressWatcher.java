package io.ticketflow.runners.progress;

import io.ticketflow.work.TrainingProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads what the trainers report twice a second and shows it; less often where a look
 * takes long, as it does beside very many trainings.
 */
public final class ProgressWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatcher.class);
  private static final long PERIOD_MILLIS = 500;
  private static final long JOIN_MILLIS = 2000;

  /** So many times as long as a look took is the pause after it, at least. */
  private static final long REST = 20;

  private final Work work;
  private final Supplier<List<TrainingProgress>> reports;
  private final ProgressView view;
  private final Supplier<Optional<String>> phase;
  private final Instant start;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "progress");
  private volatile Overview latest;
  private volatile boolean told;

  /**
   * @param start since when that work is done
   * @param reports of the trainers
   * @param phase where the whole is, in words
   */
  public ProgressWatcher(
      Work work,
      Instant start,
      Supplier<List<TrainingProgress>> reports,
      Supplier<Optional<String>> phase,
      ProgressView view) {
    this.work = work;
    this.start = start;
    this.reports = reports;
    this.phase = phase;
    this.view = view;
    this.latest = Overview.of(work, List.of(), Duration.ZERO);
    thread.setDaemon(true);
    thread.start();
  }

  /** The run as it was last seen. */
  public Overview latest() {
    return latest;
  }

  /** Shows the end, and stops. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
    view.close();
  }

  private void watch() {
    try {
      long pause = PERIOD_MILLIS;
      while (!stopped.await(pause, TimeUnit.MILLISECONDS)) {
        long begin = System.nanoTime();
        look();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        pause = Math.max(PERIOD_MILLIS, REST * took);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Progress is a courtesy: a report that cannot be read never ends a run. */
  private void look() {
    try {
      latest =
          Overview.of(work, reports.get(), Duration.between(start, Instant.now())).in(phase.get());
      view.show(latest);
    } catch (RuntimeException e) {
      if (!told) {
        LOG.info("progress could not be read", e);
        told = true;
      }
    }
  }
}
