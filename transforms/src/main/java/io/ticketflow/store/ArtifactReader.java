package io.ticketflow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.AvroRuntimeException;

/**
 * The chunks of one artifact in order, one in memory at a time: a call reads over the values of the
 * chunk before. Close it.
 *
 * <p>{@code next} and {@code hasNext} throw a {@link DamagedArtifactException} naming file and
 * tensor if the chunks do not make up whole tensors.
 */
public final class ArtifactReader implements Iterator<Chunk>, AutoCloseable {
  private final String path;
  private final TensorFile records;
  private final ChunkOrder order = new ChunkOrder();

  private ArtifactReader(String path, TensorFile records) {
    this.path = path;
    this.records = records;
  }

  /** A reader of a stream, which it closes. */
  static ArtifactReader of(String path, InputStream in) throws IOException {
    try {
      return new ArtifactReader(path, new TensorFile(in));
    } catch (IOException | AvroRuntimeException e) {
      in.close();
      throw damaged(path, e);
    } catch (DamagedArtifactException e) {
      in.close();
      throw e;
    }
  }

  /** Of the artifact, in its store. */
  public String path() {
    return path;
  }

  @Override
  public boolean hasNext() {
    try {
      boolean more = records.hasNext();
      if (!more) {
        order.end();
      }
      return more;
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw damaged(path, e);
    }
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no chunk after the last one of " + path);
    }
    try {
      Chunk chunk = Chunk.of(records.next());
      order.accept(chunk);
      return chunk;
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw damaged(path, e);
    }
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path + ": " + e.getMessage(), e);
    }
  }

  private static DamagedArtifactException damaged(String path, Exception e) {
    return new DamagedArtifactException(path, "is not well formed: " + e.getMessage(), e);
  }
}
