package io.ticketflow.store;

import io.ticketflow.schemas.AttemptRecord;
import io.ticketflow.schemas.BegunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of attempts at actions, over all workers.
 *
 * <p>Those that ended in an error are numbered from 1, over all restarts of one job: {@code
 * attempts/N/ab/KEY.avro}. Whoever submits a job forgets them first.
 *
 * <p>Those under way are {@code attempts/begun/ab/KEY.ID.avro}. Their file goes when they end, in
 * whatever way, unless the worker itself dies: so a file without a worker is a death. Deaths
 * outlive a job, as a process may be the job.
 */
public final class AttemptStore {
  /** The folder of these files. */
  public static final String FOLDER = "attempts";

  private static final String BEGUN = FOLDER + "/begun/";

  private final BlobStore blobs;

  /** Attempts among those files. */
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

  /** Forgets all errors: the next job is another try. */
  public void clear() throws IOException {
    for (String path : blobs.list(FOLDER)) {
      if (!path.startsWith(BEGUN)) {
        blobs.delete(path);
      }
    }
  }

  /** The file of an attempt that is about to begin. */
  public String announce(String action) {
    return begun(action) + UUID.randomUUID() + ".avro";
  }

  /**
   * Files an attempt that begins now.
   *
   * @param file as {@link #announce} named it
   * @param epoch the last epoch with a stored state; 0 if there is none
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void begin(String file, String action, int epoch) {
    try {
      byte[] record = SealedRecord.seal(BegunRecord.class, new BegunRecord(action, epoch));
      blobs.write(file, out -> out.write(record));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Takes an attempt's file away, as it has ended.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void end(String file) {
    try {
      blobs.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Attempts at an action that have not ended, by the epochs at which they began: their workers are
   * dead, or are taken for dead.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public List<Integer> unended(String action) {
    return begunFiles(action).stream()
        .flatMap(
            file ->
                SealedRecord.find(blobs, file, BegunRecord.class, "the attempt is not counted")
                    .stream())
        .map(BegunRecord::getEpoch)
        .toList();
  }

  /**
   * Forgets all attempts at an action that have not ended.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void forgetUnended(String action) {
    begunFiles(action).forEach(this::end);
  }

  private List<String> begunFiles(String action) {
    String prefix = begun(action);
    try {
      return blobs.list(prefix.substring(0, prefix.lastIndexOf('/'))).stream()
          .filter(path -> path.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String begun(String action) {
    String file = ActionKey.fileName(action);
    return BEGUN + file.substring(0, file.length() - "avro".length());
  }

  private static String path(String action, int number) {
    return FOLDER + "/" + number + "/" + ActionKey.fileName(action);
  }
}
