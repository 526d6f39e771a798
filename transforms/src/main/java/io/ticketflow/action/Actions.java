package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.DamagedArtifactException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the results of actions, or makes and commits them.
 *
 * <p>Two threads of a JVM that ask for the same key make it once. Two JVMs may both make it: the
 * first commit wins, and both go on with the winner. A result whose artifact is missing or damaged
 * is made again.
 */
public final class Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
  private static final ConcurrentHashMap<String, ReentrantLock> UNDER_WAY =
      new ConcurrentHashMap<>();

  private final Workplace place;
  private final ActionStore actions;
  private final ArtifactStore artifacts;
  private final Attempts attempts;

  public Actions(Workplace place) {
    this.place = place;
    this.actions = place.actions();
    this.artifacts = place.artifacts();
    this.attempts = new Attempts(place.attempts(), place.checkpoints());
  }

  /**
   * The result of that action.
   *
   * @param artifact the artifact that a result refers to, if it has one
   * @param work makes the result, its artifact already stored
   * @throws ActionFailedException if the work fails, or kills its worker, whenever it is tried
   */
  public <T extends SpecificRecord> Done<T> perform(
      String key, Class<T> type, Function<T, Optional<ArtifactRef>> artifact, Supplier<T> work) {
    String everywhere = place.output() + "#" + key;
    ReentrantLock lock = UNDER_WAY.computeIfAbsent(everywhere, k -> new ReentrantLock());
    lock.lock();
    try {
      Optional<T> found = find(key, type, artifact);
      if (found.isPresent()) {
        return new Done<>(found.get(), true);
      }
      T made = attempts.perform(key, work);
      if (actions.find(key, type).flatMap(artifact).filter(ref -> !isIntact(ref)).isPresent()) {
        actions.forget(key); // else the result whose artifact is lost would win over the new one
      }
      return new Done<>(actions.commit(key, made), false);
    } finally {
      lock.unlock();
      UNDER_WAY.remove(everywhere, lock);
    }
  }

  private boolean isIntact(ArtifactRef ref) {
    try {
      artifacts.verify(ref);
      return true;
    } catch (DamagedArtifactException e) {
      return false;
    }
  }

  /** The committed result whose artifact is as it was written, if there is one. */
  public <T extends SpecificRecord> Optional<T> find(
      String key, Class<T> type, Function<T, Optional<ArtifactRef>> artifact) {
    Optional<T> found = actions.find(key, type);
    try {
      found.flatMap(artifact).ifPresent(artifacts::verify);
      return found;
    } catch (DamagedArtifactException e) {
      LOG.warn("{}; its action will be done again.", e.getMessage());
      return Optional.empty();
    }
  }
}
