package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/** Which artifacts the records of a folder refer to, whatever their types are. */
final class References {
  private static final String REFERENCE = ArtifactRef.getClassSchema().getFullName();
  private static final int PATH = ArtifactRef.getClassSchema().getField("path").pos();

  private final BlobStore blobs;
  private final Set<String> paths = new HashSet<>();

  References(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** Paths of all artifacts found so far. */
  Set<String> paths() {
    return paths;
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
        add(each);
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().contains(file)
          ? e
          : new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void add(Object value) {
    if (value instanceof IndexedRecord record) {
      if (record.getSchema().getFullName().equals(REFERENCE)) {
        paths.add(record.get(PATH).toString());
      } else {
        record.getSchema().getFields().forEach(field -> add(record.get(field.pos())));
      }
    } else if (value instanceof Iterable<?> items) {
      items.forEach(this::add);
    } else if (value instanceof Map<?, ?> entries) {
      entries.values().forEach(this::add);
    }
  }
}
