package io.ticketflow.work;

import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Filed;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of actions that are on storage.
 *
 * @param artifacts that results refer to; empty: nobody looks at them
 */
record Found(ActionStore actions, Optional<ArtifactStore> artifacts) {
  private static final Logger LOG = LoggerFactory.getLogger(Found.class);

  /** The committed result, if there is one; its artifact, if looked at, is as it was written. */
  <R extends SpecificRecord> Optional<Filed<R>> find(Action<R> action) {
    Kind<R> kind = action.kind();
    Optional<Filed<R>> found = actions.filed(action.key(), kind.type());
    try {
      artifacts.ifPresent(
          store -> found.map(Filed::result).flatMap(kind.artifact()).ifPresent(store::verify));
      return found;
    } catch (DamagedArtifactException e) {
      LOG.warn("{}; its action will be done again.", e.getMessage());
      return Optional.empty();
    }
  }
}
