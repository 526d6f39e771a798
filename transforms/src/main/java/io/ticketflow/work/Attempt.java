package io.ticketflow.work;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.spec.EngineName;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Effort;
import java.util.function.Function;

/** One attempt at an action: where it works, on what, and for how long. For one thread. */
public final class Attempt {
  private final Workplace place;
  private final Action<?> action;
  private final String purpose;
  private final EpochListener listener;
  private long start = System.nanoTime();
  private long begun = System.currentTimeMillis();
  private String device;

  Attempt(Workplace place, Action<?> action, String purpose, EpochListener listener) {
    this.place = place;
    this.action = action;
    this.purpose = purpose;
    this.listener = listener;
    this.device = place.devices().name();
  }

  /** The action's key. */
  public String key() {
    return action.key();
  }

  /** Where its artifacts are read and kept. */
  public ArtifactStore artifacts() {
    return place.artifacts();
  }

  /** Where it is made. */
  public Workplace place() {
    return place;
  }

  /** Is told of a training's epochs. */
  public EpochListener listener() {
    return listener;
  }

  /** The states that a training keeps and goes on from. */
  public Checkpoints checkpoints() {
    int before = action.epochs().orElseThrow().before();
    return new StoredCheckpoints(place.checkpoints(), place.checkpointing(), action.key(), before);
  }

  /** What the work makes on one of this worker's devices; the wait for it does not count. */
  public <T> T onDevice(EngineName engine, Function<Device, T> work) {
    return place.onDevice(
        engine,
        given -> {
          start = System.nanoTime();
          begun = System.currentTimeMillis();
          device = given.name();
          return work.apply(given);
        });
  }

  /** Wall-clock time so far, for costs only: no result depends on it. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Who does it and when, if it is that attempt of the action's. */
  Effort effort(int number) {
    return new Effort(begun, ThisProcess.name(), number, purpose);
  }

  /** The device of the last work, as tables have it: cpu, gpu:0, gpu:1, … */
  public String device() {
    return device;
  }
}
