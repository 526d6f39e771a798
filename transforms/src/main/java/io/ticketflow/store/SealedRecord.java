package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Avro container file of one record that tells whether a byte of it was changed.
 *
 * <p>Any Avro reader reads it. The sync marker, which the format leaves free and which stands after
 * the header and at the end, is the start of the SHA-256 of all other bytes. So a damaged file is
 * known before any length in it is believed.
 */
final class SealedRecord {
  private static final int MARKER = DataFileConstants.SYNC_SIZE;

  private static final Logger LOG = LoggerFactory.getLogger(SealedRecord.class);
  private static final int MAX_BYTES = 1 << 26;

  private SealedRecord() {}

  /**
   * The record in a file. One that is damaged, or holds another type, counts as absent and is
   * reported to the log.
   *
   * @param consequence what that leads to, the end of a sentence
   * @throws UncheckedIOException naming the file, if storage fails
   */
  static <T extends SpecificRecord> Optional<T> find(
      BlobStore blobs, String path, Class<T> type, String consequence) {
    return filed(blobs, path, type, consequence).map(Filed::result);
  }

  /** The same with what its file says of the effort. */
  static <T extends SpecificRecord> Optional<Filed<T>> filed(
      BlobStore blobs, String path, Class<T> type, String consequence) {
    byte[] file;
    try (InputStream in = blobs.open(path)) {
      file = in.readNBytes(MAX_BYTES);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    try {
      return Optional.of(opened(type, file));
    } catch (IOException e) {
      LOG.warn("File {} {}; {}.", path, e.getMessage(), consequence);
      return Optional.empty();
    }
  }

  static <T extends SpecificRecord> byte[] seal(Class<T> type, T value) throws IOException {
    return seal(type, value, Map.of());
  }

  private static <T extends SpecificRecord> byte[] seal(
      Class<T> type, T value, Map<String, String> beside) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerFiles.write(type, List.of(value), beside, out);
    byte[] file = out.toByteArray();
    int first = indexOf(ContainerFiles.syncMarker(type), file);
    byte[] marker = checksum(file, first);
    System.arraycopy(marker, 0, file, first, MARKER);
    System.arraycopy(marker, 0, file, file.length - MARKER, MARKER);
    return file;
  }

  /** A file that says too what the record took. */
  static <T extends SpecificRecord> byte[] seal(Class<T> type, Filed<T> made) throws IOException {
    return seal(type, made.result(), made.beside());
  }

  /**
   * The record of a file that {@link #seal} made.
   *
   * @throws IOException in one clause that says what is wrong with the bytes
   */
  static <T extends SpecificRecord> T open(Class<T> type, byte[] file) throws IOException {
    return opened(type, file).result();
  }

  private static <T extends SpecificRecord> Filed<T> opened(Class<T> type, byte[] file)
      throws IOException {
    if (file.length < 2 * MARKER) {
      throw new IOException("is cut short");
    }
    byte[] marker = Arrays.copyOfRange(file, file.length - MARKER, file.length);
    int first = indexOf(marker, file);
    if (first + MARKER > file.length - MARKER || !Arrays.equals(marker, checksum(file, first))) {
      throw new IOException("does not match its checksum");
    }
    try {
      Optional<Filed<T>> known = FileForm.of(type).read(type, file);
      return known.isPresent() ? known.get() : resolved(type, file);
    } catch (AvroRuntimeException | EOFException e) {
      throw new IOException("holds no " + type.getSimpleName(), e);
    }
  }

  /** The record of a file with any schema that Avro can resolve. */
  private static <T extends SpecificRecord> Filed<T> resolved(Class<T> type, byte[] file)
      throws IOException {
    try (DataFileStream<T> records = ContainerFiles.reader(type, new ByteArrayInputStream(file))) {
      return Filed.of(records.next(), ContainerFiles.beside(records));
    }
  }

  /** Of the bytes beside the marker at {@code first} and the one at the end. */
  private static byte[] checksum(byte[] file, int first) {
    MessageDigest digest = Sha256.digest();
    digest.update(file, 0, first);
    digest.update(file, first + MARKER, Math.max(0, file.length - first - 2 * MARKER));
    return Arrays.copyOf(digest.digest(), MARKER);
  }

  private static int indexOf(byte[] marker, byte[] file) {
    int at = 0;
    while (!Arrays.equals(file, at, at + MARKER, marker, 0, MARKER)) {
      at++;
    }
    return at;
  }
}
