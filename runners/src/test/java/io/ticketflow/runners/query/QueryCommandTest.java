package io.ticketflow.runners.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.SweptOutput;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 'query' prints and what it refuses, and that it changes nothing. */
class QueryCommandTest {
  private static final Path OUTPUT = SweptOutput.folder();

  /** No method here searches, and no measure is taken. */
  private static final Set<Table<?>> UNASKED =
      Set.of(
          Tables.SEARCHES,
          Tables.BARRIERS,
          Tables.PATHS,
          Tables.HULLS,
          Tables.PAIRS,
          Tables.CURVATURES,
          Tables.CALIBRATIONS,
          Tables.PLANES,
          Tables.AGREEMENTS,
          Tables.UNITS,
          Tables.PIXELS,
          Tables.CORRUPTIONS,
          Tables.RELIABILITIES);

  @TempDir Path temp;

  @Test
  void aTableByDefaultCsvOrJsonWhenAskedFor() throws IOException {
    String sql = "select 'a,\"b' as name, 1/3 as third, null as nothing, 2::bigint as two";
    assertThat(query(sql).out().lines())
        .containsExactly("name     third  nothing  two", "a,\"b  0.333333             2");
    assertThat(query(sql, "--csv").out().lines())
        .containsExactly("name,third,nothing,two", "\"a,\"\"b\",0.3333333333333333,,2");
    JsonNode json = new JsonMapper().readTree(query(sql, "--json").out());
    assertThat(json.get(0).path("third").doubleValue()).isEqualTo(1 / 3.0);
    assertThat(json.get(0).path("nothing").isNull()).isTrue();
    assertThat(json.get(0).path("name").asText()).isEqualTo("a,\"b");
    assertThat(query(sql, "--json", "--csv").code()).isEqualTo(2);
  }

  @Test
  void tablesThatNothingWasWrittenToAreThereToo() {
    assertThat(query("select count(*) as tries from searches").out().lines())
        .containsExactly("tries", "0");
    assertThat(query("select count(distinct run) as runs from cycles", "--csv").out().lines())
        .containsExactly("runs", "4");
  }

  @Test
  void aWrongQueryIsOneSentence() {
    Program.Said said = query("selec 1");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("ticketflow: The query cannot be run: Parser Error: syntax error at or near");
    assertThat(query("select accuracies from cycles").err())
        .contains("Binder Error", "\"accuracies\"", "\"accuracy\"");
    assertThat(query("").err()).contains("The query");
    assertThat(query("create table a (b int)").code()).isEqualTo(2);
    assertThat(query("none.sql").err()).isEqualTo("ticketflow: There is no file none.sql.\n");
    assertThat(query("none.sql").code()).isEqualTo(2);
    assertThat(Program.call("query", temp.toString(), "select 1").err())
        .startsWith("ticketflow: There is no output of Ticketflow in " + temp);
  }

  @Test
  void noStatementReachesAFile() throws IOException {
    Path victim = temp.resolve("victim.csv");
    for (String sql :
        List.of(
            "copy cycles to '" + victim + "'",
            "attach '" + victim + "' as other",
            "set enable_external_access = true",
            "select * from read_text('/etc/hostname')",
            "install httpfs")) {
      assertThat(query(sql).code()).as(sql).isEqualTo(2);
    }
    assertThat(victim).doesNotExist();
    assertThat(query("delete from cycles; select count(*) as left_over from cycles").out())
        .isEqualTo("left_over\n0\n");
    assertThat(query("select count(*) > 0 as there from cycles").out()).isEqualTo("there\ntrue\n");
  }

  @Test
  void aBuildWithoutDuckDbSaysHowToGetIt() {
    assertThatThrownBy(
            () -> OutputDatabase.of(Location.of(OUTPUT), ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("TICKETFLOW_MAVEN=-Pduckdb");
  }

  @Test
  void everyFileOfATableHasItsSchemaAndUnits() throws IOException {
    for (Table<?> table : Tables.ALL) {
      Set<String> seen = new HashSet<>();
      Path folder = OUTPUT.resolve(table.folder());
      if (!Files.isDirectory(folder)) {
        assertThat(UNASKED).contains(table);
        continue;
      }
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = files.toList();
        assertThat(all).as(table.folder()).hasSizeGreaterThan(1);
        for (Path file : all) {
          try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            var about = reader.getFooter().getFileMetaData();
            seen.add(about.getSchema().toString() + about.getKeyValueMetaData());
            assertThat(about.getKeyValueMetaData().containsKey("ticketflow.units"))
                .as("%s", file)
                .isEqualTo(!table.equals(Tables.FAILURES));
          }
        }
      }
      assertThat(seen).as(table.folder()).hasSize(1);
    }
  }

  private static Program.Said query(String sql, String... options) {
    return Program.call(
        Stream.concat(Stream.of("query", OUTPUT.toString(), sql), Stream.of(options))
            .toArray(String[]::new));
  }
}
