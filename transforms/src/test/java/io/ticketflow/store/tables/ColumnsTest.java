package io.ticketflow.store.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.CycleRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;

/**
 * Every field says what it means and every measured column its unit, in the page and in the files.
 */
class ColumnsTest {
  /** Numbers that count nothing and measure nothing. */
  private static final Set<String> NAMES =
      Set.of("seed", "cycle", "particle", "position", "candidate", "first", "second");

  private static final Set<Schema.Type> NUMBERS =
      Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.DOUBLE);

  @Test
  void everyFieldSaysWhatItMeans() {
    assertThat(SchemasPage.types())
        .allSatisfy(
            type -> {
              assertThat(type.getDoc()).as(type.getName()).isNotBlank();
              if (type.getType() == Schema.Type.RECORD) {
                assertThat(type.getFields())
                    .allSatisfy(
                        field ->
                            assertThat(field.doc())
                                .as(type.getName() + "." + field.name())
                                .isNotBlank());
              }
            });
  }

  @Test
  void everyMeasuredColumnHasAUnit() {
    for (Table<?> table : Tables.ALL) {
      Set<String> measured =
          TableFormat.schema(table.type()).getFields().stream()
              .filter(field -> isNumber(field.schema()) && !NAMES.contains(field.name()))
              .map(Schema.Field::name)
              .collect(Collectors.toSet());
      Set<String> known =
          TableFormat.schema(table.type()).getFields().stream()
              .filter(field -> field.getProp("unit") != null)
              .map(Schema.Field::name)
              .collect(Collectors.toSet());
      assertThat(known).as(table.folder()).isEqualTo(measured);
    }
  }

  @Test
  void aFileTellsUnitsAndMeanings() throws IOException {
    Map<String, String> metadata = metadata(Tables.CYCLES, List.of());
    assertThat(metadata.get("ticketflow.units"))
        .isEqualTo(
            "{\"accuracy\":\"fraction\",\"best_epoch\":\"epochs\",\"best_epoch_accuracy\":\"fraction\","
                + "\"brier\":\"1\",\"density\":\"fraction\",\"ece\":\"fraction\",\"kept\":\"weights\","
                + "\"loss\":\"nats\",\"nll\":\"nats\",\"total\":\"weights\","
                + "\"worst_class_accuracy\":\"fraction\"}");
    Schema inTheFile = new Schema.Parser().parse(metadata.get("parquet.avro.schema"));
    assertThat(inTheFile.getField("accuracy").doc())
        .isEqualTo(CycleRow.getClassSchema().getField("accuracy").doc());
  }

  /** After a change: mvn test -Dtest=ColumnsTest -Dticketflow.write=true writes the page. */
  @Test
  void thePageIsCurrent() throws IOException {
    Path page = Path.of("..", "schemas", "README.md");
    if (Boolean.getBoolean("ticketflow.write")) {
      Files.writeString(page, SchemasPage.text());
    }
    assertThat(page).content(UTF_8).isEqualTo(SchemasPage.text());
  }

  private static <R extends SpecificRecord> Map<String, String> metadata(
      Table<R> table, List<R> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableWriter.write(table, rows, out);
    try (ParquetFileReader file = ParquetFileReader.open(new BytesInputFile(out.toByteArray()))) {
      return file.getFooter().getFileMetaData().getKeyValueMetaData();
    }
  }

  /** A moment is none: its type says what it is. */
  private static boolean isNumber(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(ColumnsTest::isNumber)
        : NUMBERS.contains(schema.getType()) && schema.getLogicalType() == null;
  }
}
