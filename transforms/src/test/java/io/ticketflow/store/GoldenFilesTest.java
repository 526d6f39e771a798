package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.store.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as released versions wrote them, a folder a version: what they hold is read by this one as
 * it was meant. A version that writes other bytes gets a folder of its own, and these stay: {@code
 * mvn test -Dtest=GoldenFilesTest -Dticketflow.golden=VERSION}.
 */
class GoldenFilesTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  static List<Path> versions() throws IOException {
    String fresh = System.getProperty("ticketflow.golden", "");
    if (!fresh.isEmpty()) {
      write(Files.createDirectories(ROOT.resolve(fresh)));
    }
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.sorted().toList();
    }
  }

  @Test
  void everyTableHasOne() {
    assertThat(GoldenRecords.rows().stream().map(SpecificRecord::getClass))
        .containsExactlyInAnyOrderElementsOf(Tables.ALL.stream().map(Table::type).toList());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void artifactsTicketsSolutionsAndPoolsAreRead(Path version) throws IOException {
    for (SpecificRecord expected : GoldenRecords.plain()) {
      assertThat(plain(expected.getClass(), file(version, expected, ".avro"))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void resultsCheckpointsAndAttemptsAreRead(Path version) throws IOException {
    for (SpecificRecord expected : GoldenRecords.sealed()) {
      byte[] bytes = Files.readAllBytes(file(version, expected, ".avro"));
      assertThat(SealedRecord.open(expected.getClass(), bytes)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void tablesAreRead(Path version) throws IOException {
    for (SpecificRecord expected : GoldenRecords.rows()) {
      Path file = file(version, expected, ".parquet");
      List<SpecificRecord> rows = new ArrayList<>(TableReader.readFile(expected.getClass(), file));
      assertThat(rows).containsExactly(expected);
    }
  }

  private static <T extends SpecificRecord> SpecificRecord plain(Class<T> type, Path file)
      throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DataFileStream<T> records = ContainerFiles.reader(type, in)) {
      return records.next();
    }
  }

  private static Path file(Path version, SpecificRecord record, String suffix) {
    return version.resolve(record.getClass().getSimpleName() + suffix);
  }

  private static void write(Path version) throws IOException {
    for (SpecificRecord record : GoldenRecords.plain()) {
      Files.write(file(version, record, ".avro"), bytes(record.getClass(), record));
    }
    for (SpecificRecord record : GoldenRecords.sealed()) {
      Files.write(file(version, record, ".avro"), sealed(record.getClass(), record));
    }
    LocalBlobs blobs = new LocalBlobs(Files.createTempDirectory("golden"));
    for (SpecificRecord record : GoldenRecords.rows()) {
      for (Table<?> table : Tables.ALL) {
        table.write(blobs, "r", List.of(record));
        String path = table.folder() + "/r.parquet";
        if (blobs.exists(path)) {
          try (InputStream in = blobs.open(path)) {
            Files.write(file(version, record, ".parquet"), in.readAllBytes());
          }
        }
      }
    }
  }

  private static <T extends SpecificRecord> byte[] bytes(Class<T> type, SpecificRecord record)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerFiles.write(type, List.of(type.cast(record)), out);
    return out.toByteArray();
  }

  private static <T extends SpecificRecord> byte[] sealed(Class<T> type, SpecificRecord record)
      throws IOException {
    return SealedRecord.seal(type, type.cast(record));
  }
}
