package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/** Which artifacts records refer to, whatever their types are. */
public final class References {
  private static final String REFERENCE = ArtifactRef.getClassSchema().getFullName();
  private static final int PATH = ArtifactRef.getClassSchema().getField("path").pos();
  private static final int SHA256 = ArtifactRef.getClassSchema().getField("sha256").pos();
  private static final int BYTES = ArtifactRef.getClassSchema().getField("bytes").pos();

  private final BlobStore blobs;
  private final Map<String, ArtifactRef> found = new LinkedHashMap<>();

  References(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** The artifacts that a record refers to, in its order, each once. */
  public static Collection<ArtifactRef> of(IndexedRecord record) {
    Map<String, ArtifactRef> found = new LinkedHashMap<>();
    add(record, found);
    return found.values();
  }

  /** Paths of all artifacts found so far. */
  Set<String> paths() {
    return found.keySet();
  }

  /**
   * Adds what the records of a file refer to.
   *
   * @throws IOException naming the file, if it cannot be read to its end
   */
  void addFrom(String file) throws IOException {
    try (InputStream in = blobs.open(file);
        DataFileStream<IndexedRecord> records =
            new DataFileStream<>(in, new GenericDatumReader<>())) {
      for (IndexedRecord each : records) {
        add(each, found);
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().contains(file)
          ? e
          : new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void add(Object value, Map<String, ArtifactRef> found) {
    if (value instanceof IndexedRecord record) {
      if (record.getSchema().getFullName().equals(REFERENCE)) {
        String path = record.get(PATH).toString();
        String sha256 = record.get(SHA256).toString();
        found.put(path, ArtifactRefs.unchecked(path, sha256, (Long) record.get(BYTES)));
      } else {
        record.getSchema().getFields().forEach(field -> add(record.get(field.pos()), found));
      }
    } else if (value instanceof Iterable<?> items) {
      items.forEach(item -> add(item, found));
    } else if (value instanceof Map<?, ?> entries) {
      entries.values().forEach(entry -> add(entry, found));
    }
  }
}
