package io.ticketflow.runners.sweep;

import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How fast trainings are on this machine: as earlier plans have found it, or else tried here, once
 * for all runs whose steps are alike. A trial is timed while nothing else of this process works;
 * what comes before it, such as loading the engine, may go on beside other work.
 *
 * <p>All of it is done by one thread, as a training is: memory that a thread has given back serves
 * that thread alone, and a first step on another one takes half as long again.
 */
public final class SpeedTrials implements AutoCloseable {
  private final KnownSpeeds known;
  private final Workplace place;
  private final SpeedProbe probe;
  private final ExecutorService trainer = Executors.newSingleThreadExecutor();

  /**
   * @param place the worker on whose device the speed is tried
   * @param known from earlier plans
   */
  public SpeedTrials(Workplace place, KnownSpeeds known) {
    this.known = known;
    this.place = place;
    this.probe = new SpeedProbe(place);
  }

  /** Begins, on another thread, what a trial of those runs' speeds needs beforehand. */
  public void warmUp(Collection<RunSpec> specs) {
    for (RunSpec unknown : known.lacking(specs, place.devices())) {
      Future<?> unused = trainer.submit(() -> probe.warmUp(unknown)); // the trial fails as it does
    }
  }

  /** Training images that pass in a second. */
  double imagesPerSecond(RunSpec spec) {
    return known.of(spec, place.devices(), this::tried);
  }

  private double tried(RunSpec spec) {
    try {
      return CompletableFuture.supplyAsync(() -> probe.imagesPerSecond(spec), trainer).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits for what was begun: the engine must not compute when the process ends. */
  @Override
  public void close() {
    trainer.shutdown();
    boolean ended = false;
    while (!ended) {
      try {
        ended = trainer.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
