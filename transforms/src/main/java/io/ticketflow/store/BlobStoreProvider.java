package io.ticketflow.store;

import io.ticketflow.spec.UserException;
import java.util.Optional;

/**
 * Opens storage other than folders. Implementations are found by {@link java.util.ServiceLoader}.
 */
public interface BlobStoreProvider {
  /**
   * The files below a URI; empty if its scheme is not one of this provider's.
   *
   * @param location has a scheme
   * @throws UserException if the scheme is known and what serves it is missing, with what to add
   */
  Optional<BlobStore> open(Location location);
}
