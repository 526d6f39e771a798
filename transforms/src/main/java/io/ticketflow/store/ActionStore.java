package io.ticketflow.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Results of finished actions by their key, one file each: {@code actions/ab/KEY.avro}.
 *
 * <p>An action is committed after its artifacts, and the first commit wins: whoever comes second,
 * such as a worker believed dead, gets the first one's result. A file that is damaged, or holds
 * another type, counts as absent: it is reported to the log, the action is done again, and its
 * commit takes the file's place.
 */
public final class ActionStore {
  private static final String FOLDER = "actions";
  private static final String ENDING = ".avro";

  private final BlobStore blobs;

  /** Results among those files. */
  public ActionStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * The result that was committed under a key, if there is one to be read.
   *
   * @param key as {@link ActionKey} makes them
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public <T extends SpecificRecord> Optional<T> find(String key, Class<T> type) {
    return filed(key, type).map(Filed::result);
  }

  /** The same, with who made it and when. */
  public <T extends SpecificRecord> Optional<Filed<T>> filed(String key, Class<T> type) {
    return SealedRecord.filed(blobs, path(key), type, "the action will be done again");
  }

  /**
   * What a finished action's key is the digest of; empty if its file is gone, is damaged or does
   * not tell.
   */
  public Optional<String> parts(String key) {
    try (DataFileStream<GenericRecord> file =
        new DataFileStream<>(blobs.open(path(key)), new GenericDatumReader<>())) {
      return Filed.parts(ContainerFiles.beside(file));
    } catch (IOException | AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Files a result under a key, unless there is one.
   *
   * @return the result that is on file from now on: the first one committed
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public <T extends SpecificRecord> Filed<T> commit(String key, Filed<T> made) {
    @SuppressWarnings("unchecked") // the class of a T is a class of T
    Class<T> type = (Class<T>) made.result().getClass();
    String path = path(key);
    try {
      byte[] file = SealedRecord.seal(type, made);
      if (blobs.create(path, out -> out.write(file))) {
        return made;
      }
      Optional<Filed<T>> first = filed(key, type);
      if (first.isEmpty()) {
        blobs.write(path, out -> out.write(file));
      }
      return first.orElse(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Whether there is a file of that key, readable or not.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public boolean holds(String key) {
    try {
      return blobs.exists(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Takes a result back whose artifact is lost, so that the action can be done again.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void forget(String key) {
    try {
      blobs.delete(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Paths of all results on file, whether or not they can be read.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public Set<String> paths() {
    try {
      return Set.copyOf(blobs.list(FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Keys of all results on file, whether or not they can be read.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public Set<String> keys() {
    return paths().stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .filter(name -> name.endsWith(ENDING))
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .collect(Collectors.toSet());
  }

  private static String path(String key) {
    return FOLDER + "/" + ActionKey.fileName(key);
  }
}
