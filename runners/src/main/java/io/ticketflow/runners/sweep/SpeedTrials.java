package io.ticketflow.runners.sweep;

import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How fast trainings are on this machine: as earlier plans have found it, or else tried here, once
 * for all runs whose steps are alike. A trial is timed while nothing else of this process works;
 * what comes before it, such as loading the engine, may go on beside other work.
 */
public final class SpeedTrials implements AutoCloseable {
  private final KnownSpeeds known;
  private final Workplace place;
  private final SpeedProbe probe;
  private CompletableFuture<Void> warming = CompletableFuture.completedFuture(null);

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
    List<RunSpec> unknown = known.lacking(specs, place.devices());
    if (!unknown.isEmpty()) {
      warming = CompletableFuture.runAsync(() -> unknown.forEach(probe::warmUp));
    }
  }

  /** Training images that pass in a second. */
  double imagesPerSecond(RunSpec spec) {
    return known.of(
        spec,
        place.devices(),
        run -> {
          close();
          return probe.imagesPerSecond(run);
        });
  }

  /** Waits for what was begun: the engine must not compute when the process ends. */
  @Override
  public void close() {
    warming.handle((done, why) -> done).join(); // what fails there fails in the trial too
  }
}
