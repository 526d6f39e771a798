package io.ticketflow.store.tables;

import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** Reads what {@link TableWriter} wrote. */
public final class TableReader {
  /** AvroReadSupport's key; its setter takes Hadoop's configuration only. */
  private static final String READ_SCHEMA = "parquet.avro.read.schema";

  private static final String SUFFIX = ".parquet";

  private TableReader() {}

  /**
   * All rows of a table: those of its {@code *.parquet} files by file name, each file's in its own
   * order. Empty if there is no such folder.
   *
   * @throws DamagedTableException naming the file that cannot be read
   */
  public static <T extends SpecificRecord> List<T> readFolder(Class<T> type, Path folder)
      throws IOException {
    try {
      return files(folder).parallelStream()
          .map(file -> readUnchecked(type, file))
          .flatMap(List::stream)
          .toList();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * Likewise, of a folder of an output, wherever that lies.
   *
   * @throws DamagedTableException naming the file that cannot be read
   */
  public static <T extends SpecificRecord> List<T> readFolder(
      Class<T> type, Location output, String folder) throws IOException {
    Optional<Path> local = output.folder();
    if (local.isPresent()) {
      return readFolder(type, local.get().resolve(folder));
    }
    BlobStore blobs = output.blobs();
    List<T> rows = new ArrayList<>();
    for (String path : blobs.list(folder)) {
      if (path.endsWith(SUFFIX) && path.indexOf('/', folder.length() + 1) < 0) {
        rows.addAll(readFile(type, output, path));
      }
    }
    return rows;
  }

  /** All rows of one file of an output, in its order; none if there is no such file. */
  static <T extends SpecificRecord> List<T> readFile(Class<T> type, Location output, String path)
      throws IOException {
    try (InputStream in = output.blobs().open(path)) {
      return read(type, new BytesInputFile(in.readAllBytes()), output.file(path));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * All rows of one file, in its order.
   *
   * @throws NoSuchFileException if there is none
   * @throws DamagedTableException naming the file, if it cannot be read as rows of this type
   */
  public static <T extends SpecificRecord> List<T> readFile(Class<T> type, Path file)
      throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return read(type, new LocalInputFile(file), file.toString());
  }

  private static <T extends SpecificRecord> List<T> read(Class<T> type, InputFile file, String name)
      throws IOException {
    ParquetConfiguration settings = new PlainParquetConfiguration();
    settings.set(READ_SCHEMA, TableFormat.schemaText(type));
    List<T> rows = new ArrayList<>();
    try (ParquetReader<T> reader =
        AvroParquetReader.<T>builder(file, settings)
            .withDataModel(TableFormat.model(type))
            .withCodecFactory(TableFormat.codecs())
            .usePageChecksumVerification()
            .build()) {
      for (T row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } catch (IOException | RuntimeException e) {
      throw new DamagedTableException(name, e);
    }
    return rows;
  }

  private static <T extends SpecificRecord> List<T> readUnchecked(Class<T> type, Path file) {
    try {
      return readFile(type, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .toList();
    }
  }
}
