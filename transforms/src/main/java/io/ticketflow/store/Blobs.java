package io.ticketflow.store;

import io.ticketflow.spec.UserException;
import java.util.Optional;
import java.util.ServiceLoader;

/** The files of an output, wherever it lies. */
public final class Blobs {
  private Blobs() {}

  /**
   * The files below a folder or URI; nothing is read or written yet.
   *
   * @param output a path, a {@code file:} URI, or a URI of a scheme that a {@link
   *     BlobStoreProvider} opens: hdfs, s3, gs
   * @throws UserException naming the scheme, if nothing opens it
   */
  public static BlobStore at(String output) {
    Location location = new Location(output);
    return location.folder().<BlobStore>map(LocalBlobs::new).orElseGet(() -> elsewhere(location));
  }

  private static BlobStore elsewhere(Location location) {
    for (BlobStoreProvider provider :
        ServiceLoader.load(BlobStoreProvider.class, Blobs.class.getClassLoader())) {
      Optional<BlobStore> store = provider.open(location);
      if (store.isPresent()) {
        return store.get();
      }
    }
    throw UserException.of(
        "The place %s cannot be used: %s is no storage that is known; known are "
            + "folders, hdfs, s3 and gs.",
        location, location.scheme().orElse(""));
  }
}
