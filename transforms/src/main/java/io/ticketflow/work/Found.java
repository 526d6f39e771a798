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
 * @param shared what other outputs have; empty: nobody looks there
 */
record Found(ActionStore actions, Optional<ArtifactStore> artifacts, Optional<SharedStore> shared) {
  private static final Logger LOG = LoggerFactory.getLogger(Found.class);

  /** All that a place can have. */
  static Found in(Workplace place) {
    return new Found(place.actions(), Optional.of(place.artifacts()), place.shared());
  }

  /** The records of a place's own actions. */
  static Found recordsIn(Workplace place) {
    return new Found(place.actions(), Optional.empty(), Optional.empty());
  }

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
