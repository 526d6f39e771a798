package io.ticketflow.work;

import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Filed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
 * is made again.
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

  /** A worker in that place. */
  public Worker(Workplace place) {
    this.place = place;
    this.actions = place.actions();
    this.artifacts = place.artifacts();
    this.attempts = new Attempts(place.attempts(), place.checkpoints());
    this.found = new Found(actions, Optional.of(artifacts));
  }

  @Override
  public Workplace place() {
    return place;
  }

  @Override
  public <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose) {
    if (action.epochs().isEmpty()) {
      return perform(action, EpochListener.NONE);
    }
    Done<R> trained =
        ProgressListener.watch(
            place.blobs(), action, purpose, listener -> perform(action, listener));
    if (!trained.found()) {
      forgetCheckpoints(action.key());
    }
    return trained;
  }

  @Override
  public <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
    try {
      place.blobs().write(path, out -> ContainerFiles.write(type, List.of(record), out));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private <R extends SpecificRecord> Done<R> perform(Action<R> action, EpochListener listener) {
    String everywhere = place.output() + "#" + action.key();
    ReentrantLock lock = UNDER_WAY.computeIfAbsent(everywhere, k -> new ReentrantLock());
    lock.lock();
    try {
      return found
          .find(action)
          .map(filed -> Done.of(filed, true))
          .orElseGet(() -> Done.of(make(action, listener), false));
    } finally {
      lock.unlock();
      UNDER_WAY.remove(everywhere, lock);
    }
  }

  private <R extends SpecificRecord> Filed<R> make(Action<R> action, EpochListener listener) {
    String key = action.key();
    Filed<R> made =
        attempts.perform(
            key,
            number -> {
              Attempt attempt = new Attempt(place, action, listener);
              R result = action.making().apply(attempt);
              return new Filed<>(
                  result, Optional.of(attempt.effort(number)), Optional.of(action.parts().get()));
            });
    Kind<R> kind = action.kind();
    if (actions
        .find(key, kind.type())
        .flatMap(kind.artifact())
        .filter(ref -> !isIntact(ref))
        .isPresent()) {
      actions.forget(key); // else the result whose artifact is lost would win over the new one
    }
    return actions.commit(key, made);
  }

  private boolean isIntact(ArtifactRef ref) {
    try {
      artifacts.verify(ref);
      return true;
    } catch (DamagedArtifactException e) {
      return false;
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
