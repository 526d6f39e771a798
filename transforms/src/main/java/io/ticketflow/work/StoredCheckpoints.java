package io.ticketflow.work;

import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.DamagedArtifactException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one training, as often as the policy asks for them. For one thread. */
final class StoredCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCheckpoints.class);
  private static final double NANOS_PER_MINUTE = 60e9;

  private final CheckpointStore store;
  private final CheckpointPolicy policy;
  private final String action;
  private int lastEpoch;
  private long lastTime = System.nanoTime();

  /**
   * @param startEpoch epochs before the training's first
   */
  StoredCheckpoints(CheckpointStore store, CheckpointPolicy policy, String action, int startEpoch) {
    this.store = store;
    this.policy = policy;
    this.action = action;
    this.lastEpoch = startEpoch;
  }

  @Override
  public Optional<Checkpoint> latest() {
    Optional<Checkpoint> latest = store.latest(action);
    latest.ifPresent(
        checkpoint -> {
          LOG.info("Action {} goes on after epoch {}", action, checkpoint.epoch());
          lastEpoch = checkpoint.epoch();
        });
    return latest;
  }

  @Override
  public boolean isDue(int epoch) {
    return policy.epochs() > 0
        && epoch - lastEpoch >= policy.epochs()
        && System.nanoTime() - lastTime >= policy.minutes() * NANOS_PER_MINUTE;
  }

  @Override
  public void save(Checkpoint checkpoint) {
    try {
      store.save(action, checkpoint);
      Company.admit();
    } catch (UncheckedIOException | DamagedArtifactException e) {
      LOG.warn("No checkpoint after epoch {}: {}", checkpoint.epoch(), e.getMessage());
    }
    // Tried is tried: a store that fails is not asked again after every epoch.
    lastEpoch = checkpoint.epoch();
    lastTime = System.nanoTime();
  }
}
