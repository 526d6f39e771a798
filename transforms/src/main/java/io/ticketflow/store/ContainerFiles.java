package io.ticketflow.store;

import io.ticketflow.store.packed.HuffmanDeflate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro container files whose bytes are a function of their records alone.
 *
 * <p>Avro's own writer draws a random sync marker; this one's is the start of the SHA-256 of the
 * schema in Avro's canonical form, which is also the schema that the file carries, so an edited
 * comment changes no digest. Nothing is compressed but what {@link #packer} writes.
 */
public final class ContainerFiles {
  private ContainerFiles() {}

  /** A writer onto a stream, which it closes. */
  public static <T extends SpecificRecord> DataFileWriter<T> writer(Class<T> type, OutputStream out)
      throws IOException {
    return writer(type, header -> {}, out);
  }

  /** Likewise of the packed form, whose plain form is what {@link #writer} writes. */
  static <T extends SpecificRecord> DataFileWriter<T> packer(Class<T> type, OutputStream out)
      throws IOException {
    return writer(type, header -> header.setCodec(HuffmanDeflate.factory()), out);
  }

  private static <T extends SpecificRecord> DataFileWriter<T> writer(
      Class<T> type, Consumer<DataFileWriter<T>> header, OutputStream out) throws IOException {
    FileForm form = FileForm.of(type);
    DataFileWriter<T> writer = new DataFileWriter<>(new SpecificDatumWriter<>(form.schema()));
    header.accept(writer);
    return writer.create(form.schema(), out, form.marker());
  }

  /** Writes the records of one file and leaves the stream open. */
  public static <T extends SpecificRecord> void write(
      Class<T> type, Iterable<T> records, OutputStream out) throws IOException {
    write(type, records, Map.of(), out);
  }

  /**
   * Likewise.
   *
   * @param beside what the file's header says too, by key
   */
  static <T extends SpecificRecord> void write(
      Class<T> type, Iterable<T> records, Map<String, String> beside, OutputStream out)
      throws IOException {
    // Not closed: the stream is the caller's.
    DataFileWriter<T> writer =
        writer(type, header -> new TreeMap<>(beside).forEach(header::setMeta), out);
    for (T each : records) {
      writer.append(each);
    }
    writer.flush();
  }

  /** A reader of a stream, which it closes; a file that is no such container fails at once. */
  public static <T extends SpecificRecord> DataFileStream<T> reader(Class<T> type, InputStream in)
      throws IOException {
    return new DataFileStream<>(in, new SpecificDatumReader<>(type));
  }

  /**
   * The one record of a file; closes the stream.
   *
   * @throws IOException if it holds none, or is no such container
   */
  public static <T extends SpecificRecord> T one(Class<T> type, InputStream in) throws IOException {
    try (in;
        DataFileStream<T> records = reader(type, in)) {
      return records.next();
    } catch (AvroRuntimeException | NoSuchElementException e) {
      throw new IOException("it holds no record", e);
    }
  }

  /** What a file's header says, by key, Avro's own keys included. */
  static Map<String, String> beside(DataFileStream<?> file) {
    Map<String, String> beside = new HashMap<>();
    file.getMetaKeys().forEach(key -> beside.put(key, file.getMetaString(key)));
    return beside;
  }

  static <T extends SpecificRecord> byte[] syncMarker(Class<T> type) {
    return FileForm.of(type).marker();
  }
}
