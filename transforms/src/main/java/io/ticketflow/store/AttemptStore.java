package io.ticketflow.store;

import io.ticketflow.schemas.AttemptRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How often an action has ended in an error, over all workers and restarts of one job: {@code
 * attempts/N/ab/KEY.avro}, a file an attempt, numbered from 1. Whoever submits a job empties the
 * folder first.
 */
public final class AttemptStore {
  /** The folder of these files. */
  public static final String FOLDER = "attempts";

  private final BlobStore blobs;

  public AttemptStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Files one more attempt.
   *
   * @return its number
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public int add(String action, String message) {
    try {
      byte[] file = SealedRecord.seal(AttemptRecord.class, new AttemptRecord(action, message));
      int number = 1;
      while (!blobs.create(path(action, number), out -> out.write(file))) {
        number++;
      }
      return number;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The error of an attempt, if that one was made.
   *
   * @param number from 1
   */
  public Optional<String> error(String action, int number) {
    return SealedRecord.find(
            blobs, path(action, number), AttemptRecord.class, "the attempt is not counted")
        .map(AttemptRecord::getMessage);
  }

  /** Forgets all attempts: the next job is another try. */
  public void clear() throws IOException {
    for (String path : blobs.list(FOLDER)) {
      blobs.delete(path);
    }
  }

  private static String path(String action, int number) {
    return FOLDER + "/" + number + "/" + ActionKey.fileName(action);
  }
}
