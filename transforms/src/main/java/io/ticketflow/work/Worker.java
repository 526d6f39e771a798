package io.ticketflow.work;

import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Filed;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is asked for, or finds it done.
 *
 * <p>Two threads of a JVM that ask for the same key make it once. Two JVMs may both make it: the
 * first commit wins, and both go on with the winner. A result whose artifact is missing or damaged
 * is made again. Where outputs share a store, what the output lacks is taken from there, and what
 * the store lacks is given to it.
 */
public final class Worker implements Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final ConcurrentHashMap<String, ReentrantLock> UNDER_WAY =
      new ConcurrentHashMap<>();

  private final Workplace place;
  private final ActionStore actions;
  private final ArtifactStore artifacts;
  private final Attempts attempts;
  private final Found found;
  private final Optional<SharedStore> shared;

  /** A worker in that place. */
  public Worker(Workplace place) {
    this.place = place;
    this.actions = place.actions();
    this.artifacts = place.artifacts();
    this.attempts = new Attempts(place.attempts(), place.checkpoints());
    this.found = Found.in(place);
    this.shared = found.shared();
  }

  @Override
  public Workplace place() {
    return place;
  }

  @Override
  public <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose) {
    String named = purpose.in(place.call());
    if (action.epochs().isEmpty()) {
      return perform(action, named, EpochListener.NONE).madeFor(named);
    }
    Done<R> trained =
        ProgressListener.watch(
            place.blobs(), action, purpose, listener -> perform(action, named, listener));
    if (!trained.found()) {
      forgetCheckpoints(action.key());
    }
    return trained.madeFor(named);
  }

  @Override
  public <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
    place.publish(path, type, record);
  }

  private <R extends SpecificRecord> Done<R> perform(
      Action<R> action, String purpose, EpochListener listener) {
    String everywhere = place.output() + "#" + action.key();
    ReentrantLock lock = UNDER_WAY.computeIfAbsent(everywhere, k -> new ReentrantLock());
    lock.lock();
    try {
      Optional<Filed<R>> there =
          found
              .find(action)
              .or(
                  () ->
                      shared
                          .flatMap(store -> store.take(action, artifacts))
                          .map(taken -> commit(action, taken)));
      if (there.isEmpty()) {
        forgetLost(action); // now: once made again, its artifact is there for the old result too
      }
      Filed<R> filed = there.orElseGet(() -> commit(action, make(action, purpose, listener)));
      // What is found too: a process may have died before it could give it.
      shared
          .filter(store -> there.isEmpty() || !store.holds(action))
          .ifPresent(store -> store.give(action, filed, artifacts));
      return Done.of(filed, there.isPresent());
    } finally {
      lock.unlock();
      UNDER_WAY.remove(everywhere, lock);
    }
  }

  private <R extends SpecificRecord> Filed<R> make(
      Action<R> action, String purpose, EpochListener listener) {
    return attempts.perform(
        action.key(),
        number -> {
          Attempt attempt = new Attempt(place, action, purpose, listener);
          R result = action.making().apply(attempt);
          return new Filed<>(
              result, Optional.of(attempt.effort(number)), Optional.of(action.parts().get()));
        });
  }

  private <R extends SpecificRecord> Filed<R> commit(Action<R> action, Filed<R> made) {
    forgetLost(action);
    return actions.commit(action.key(), made);
  }

  /** A result whose artifact is lost, which would win over a new one. */
  private <R extends SpecificRecord> void forgetLost(Action<R> action) {
    Kind<R> kind = action.kind();
    if (actions
        .find(action.key(), kind.type())
        .flatMap(kind.artifact())
        .filter(ref -> !artifacts.isIntact(ref))
        .isPresent()) {
      actions.forget(action.key());
    }
  }

  private void forgetCheckpoints(String key) {
    try {
      place.checkpoints().delete(key);
    } catch (UncheckedIOException e) {
      LOG.warn("The checkpoint of action {} stays: {}", key, e.getMessage());
    }
  }
}
