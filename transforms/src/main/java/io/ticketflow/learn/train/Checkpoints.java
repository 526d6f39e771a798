package io.ticketflow.learn.train;

import io.ticketflow.store.Checkpoint;
import java.util.Optional;

/**
 * Where one training keeps its state, so that another worker can go on with it. A training that
 * goes on ends with the same bits as one that was never stopped.
 */
public interface Checkpoints {
  /** Keeps nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> latest() {
          return Optional.empty();
        }

        @Override
        public boolean isDue(int epoch) {
          return false;
        }

        @Override
        public void save(Checkpoint checkpoint) {}
      };

  /** The newest state that can be read; asked for once, before the first epoch. */
  Optional<Checkpoint> latest();

  /** Whether the state at the end of this epoch shall be kept; never asked after the last one. */
  boolean isDue(int epoch);

  /** Keeps a state. Never throws for storage that fails: a checkpoint is a precaution. */
  void save(Checkpoint checkpoint);
}
