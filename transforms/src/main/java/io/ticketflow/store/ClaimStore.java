package io.ticketflow.store;

import io.ticketflow.schemas.ClaimRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Who works on what, over all workers: {@code attempts/claims/ab/KEY.avro}. Whoever submits a job
 * forgets them with its {@link AttemptStore attempts}. A claim saves work and decides nothing:
 * where two hold one, both come to the same result.
 */
public final class ClaimStore {
  private static final String FOLDER = AttemptStore.FOLDER + "/claims/";

  private final BlobStore blobs;

  /** Claims among those files. */
  public ClaimStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Files a claim unless there is one.
   *
   * @param key 64 lower-case hexadecimal digits
   * @return whether it is filed
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public boolean create(String key, ClaimRecord claim) {
    try {
      byte[] file = SealedRecord.seal(ClaimRecord.class, claim);
      return blobs.create(path(key), out -> out.write(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The claim on a piece of work; empty if there is none to be read.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public Optional<ClaimRecord> find(String key) {
    return SealedRecord.find(blobs, path(key), ClaimRecord.class, "the claim does not count");
  }

  /**
   * Files a claim in place of any that is there.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void replace(String key, ClaimRecord claim) {
    try {
      byte[] file = SealedRecord.seal(ClaimRecord.class, claim);
      blobs.write(path(key), out -> out.write(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Takes a claim away, if there is one.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void delete(String key) {
    try {
      blobs.delete(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String path(String key) {
    return FOLDER + ActionKey.fileName(key);
  }
}
