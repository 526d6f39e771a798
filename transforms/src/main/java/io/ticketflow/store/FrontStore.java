package io.ticketflow.store;

import io.ticketflow.schemas.FrontRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How far runs have come, over all workers: {@code attempts/fronts/RUN.avro}. Whoever submits a job
 * forgets them with its {@link AttemptStore attempts}. They save a worker the way that another has
 * gone, and decide nothing.
 */
public final class FrontStore {
  private static final String FOLDER = AttemptStore.FOLDER + "/fronts/";

  private final BlobStore blobs;

  /** Fronts among those files. */
  public FrontStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * How far a run has come; empty if nobody has told.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public Optional<FrontRecord> find(String run) {
    return SealedRecord.find(blobs, path(run), FrontRecord.class, "the run's way is gone again");
  }

  /**
   * Tells how far a run has come.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void tell(String run, FrontRecord front) {
    try {
      byte[] file = SealedRecord.seal(FrontRecord.class, front);
      blobs.write(path(run), out -> out.write(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String path(String run) {
    return FOLDER + run + ".avro";
  }
}
