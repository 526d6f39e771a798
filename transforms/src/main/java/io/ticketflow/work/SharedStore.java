package io.ticketflow.work;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Filed;
import io.ticketflow.store.References;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results that outputs share: actions and artifacts under the same paths as in an output.
 *
 * <p>An output copies what it takes, so it needs no store afterwards. An action is filed after its
 * artifacts and the first commit wins, so several may take and give at once. What is damaged counts
 * as absent and is reported to the log; it is replaced when its action has been done again.
 */
final class SharedStore {
  private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);

  private final ActionStore actions;
  private final ArtifactStore artifacts;

  SharedStore(BlobStore blobs) {
    this.actions = new ActionStore(blobs);
    this.artifacts = new ArtifactStore(blobs);
  }

  /** A result that could be taken, with all its artifacts. */
  <R extends SpecificRecord> Optional<Filed<R>> find(Action<R> action) {
    return found(action, artifacts::verify);
  }

  /** A result, whose artifacts have been copied. */
  <R extends SpecificRecord> Optional<Filed<R>> take(Action<R> action, ArtifactStore output) {
    return found(action, artifact -> output.take(artifact, artifacts));
  }

  private <R extends SpecificRecord> Optional<Filed<R>> found(
      Action<R> action, Consumer<ArtifactRef> look) {
    Optional<Filed<R>> found = actions.filed(action.key(), action.kind().type());
    try {
      found.ifPresent(filed -> References.of(filed.result()).forEach(look));
      return found;
    } catch (DamagedArtifactException e) {
      LOG.warn("In the shared store {}; its action will be done again.", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether there is a result of an action, damaged or not. */
  boolean holds(Action<?> action) {
    return actions.holds(action.key());
  }

  /** Files an output's result and copies its artifacts. */
  <R extends SpecificRecord> void give(Action<R> action, Filed<R> made, ArtifactStore output) {
    try {
      References.of(made.result()).forEach(artifact -> artifacts.take(artifact, output));
      Filed<R> unused = actions.commit(action.key(), made);
    } catch (DamagedArtifactException e) {
      LOG.warn("{}; the shared store does not get its action.", e.getMessage());
    }
  }
}
