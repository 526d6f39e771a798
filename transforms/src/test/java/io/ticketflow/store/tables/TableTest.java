package io.ticketflow.store.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableTest {
  @TempDir Path folder;

  @Test
  void givesBackEveryRowOfEveryType() throws IOException {
    assertRoundTrip(Tables.CYCLES, cycles());
    assertRoundTrip(Tables.EPOCHS, List.of(epoch("é", 0, -1, 1, null), epoch("é", 1, 0, 2, 0.5)));
    assertRoundTrip(Tables.LAYERS, List.of(layer("a", 0, 0, "z"), layer("a", 0, 1, "b")));
    assertRoundTrip(Tables.COSTS, List.of(cost("a", null, "train"), cost("a", null, "prune")));
    assertRoundTrip(
        Tables.FAILURES,
        List.of(failure("a", 1, 0, "x"), failure("a", 1, null, "y"), failure("b", 0, 2, "z")));
    assertRoundTrip(Tables.LAYERS, List.of());
  }

  @Test
  void sameRowsGiveSameBytesInWhateverOrderTheyCome() throws IOException {
    List<CycleRow> rows = new ArrayList<>(cycles());
    byte[] first = bytes(Tables.CYCLES, rows);
    Collections.shuffle(rows, new Random(5));
    assertThat(bytes(Tables.CYCLES, rows)).isEqualTo(first);
  }

  @Test
  void ordersBySubjectParticleAndSplitAsAReaderWould() {
    List<CycleRow> rows = new ArrayList<>();
    for (String subject : List.of("ensemble", "merged")) {
      rows.add(cycle("r", 0, subject, null, "test"));
      rows.add(cycle("r", 0, subject, null, "train"));
    }
    rows.add(cycle("r", 0, "particle", 10, "test"));
    rows.add(cycle("r", 0, "particle", 2, "validation"));
    rows.sort(Tables.CYCLES.order());
    assertThat(rows.stream().map(r -> r.getSubject() + " " + r.getParticle() + " " + r.getSplit()))
        .containsExactly(
            "particle 2 validation",
            "particle 10 test",
            "merged null train",
            "merged null test",
            "ensemble null train",
            "ensemble null test");
  }

  @Test
  void keepsTheNetworksOrderOfTensorsWithinACycle() throws IOException {
    Path file =
        file(
            Tables.LAYERS,
            List.of(
                layer("b", 0, 0, "fc"),
                layer("a", 1, 1, "c"),
                layer("a", 1, 0, "z"),
                layer("a", 0, 0, "y")));
    assertThat(TableReader.readFile(LayerRow.class, file).stream().map(LayerRow::getTensor))
        .containsExactly("y", "z", "c", "fc");
  }

  /** As the documentation of the tables says. */
  @Test
  void aFolderNamedLikeAColumnTakesItsPlaceInDuckDbUnlessToldNotTo()
      throws IOException, SQLException {
    Path file = file(Tables.CYCLES, cycles());
    Path output = Files.createDirectories(folder.resolve("seed=9").resolve("cycles"));
    Path moved = Files.move(file, output.resolve("0.parquet"));
    List<Long> seeds = cycles().stream().map(CycleRow::getSeed).distinct().sorted().toList();
    assertThat(seeds).isNotEmpty().doesNotContain(9L);
    assertThat(seedsInDuckDb("'" + moved + "'")).containsExactly(9L);
    assertThat(seedsInDuckDb("'" + moved + "', hive_partitioning=false")).isEqualTo(seeds);
  }

  private static List<Long> seedsInDuckDb(String from) throws SQLException {
    List<Long> seeds = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    "SELECT DISTINCT seed FROM read_parquet(" + from + ") ORDER BY seed")) {
      while (rows.next()) {
        seeds.add(rows.getLong(1));
      }
    }
    return seeds;
  }

  @Test
  void duckDbReadsNamesTypesNullsAndSums() throws IOException, SQLException {
    Path file = file(Tables.CYCLES, cycles());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      String from = " FROM read_parquet('" + file + "')";
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = duck.createStatement().executeQuery("DESCRIBE SELECT *" + from)) {
        while (rows.next()) {
          columns.add(rows.getString(1) + " " + rows.getString(2));
        }
      }
      assertThat(columns)
          .hasSize(CycleRow.getClassSchema().getFields().size())
          .contains(
              "run VARCHAR",
              "seed BIGINT",
              "cycle INTEGER",
              "density DOUBLE",
              "particle INTEGER",
              "worst_class_accuracy DOUBLE",
              "best_epoch INTEGER",
              "best_epoch_accuracy DOUBLE");
      String query =
          "SELECT count(*), count(particle), sum(particle), sum(accuracy), sum(kept), max(run),"
              + " count(best_epoch_accuracy)";
      try (ResultSet rows = duck.createStatement().executeQuery(query + from)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(24);
        assertThat(rows.getLong(2)).isEqualTo(12);
        assertThat(rows.getLong(3)).isEqualTo(6); // 2 runs × 3 cycles, particles 0 and 1
        assertThat(rows.getDouble(4)).isEqualTo(24 * 0.75);
        assertThat(rows.getLong(5)).isEqualTo(24 * 4_000_000_000L);
        assertThat(rows.getString(6)).isEqualTo("été-1");
        assertThat(rows.getLong(7)).isZero();
      }
    }
  }

  @Test
  void readsAFolderByFileName() throws IOException {
    Path table = Files.createDirectory(folder.resolve("layers"));
    Files.write(
        table.resolve("b.parquet"), bytes(Tables.LAYERS, List.of(layer("a", 0, 0, "second"))));
    Files.write(
        table.resolve("a.parquet"), bytes(Tables.LAYERS, List.of(layer("b", 0, 0, "first"))));
    Files.writeString(table.resolve("notes.txt"), "not a table");
    assertThat(TableReader.readFolder(LayerRow.class, table).stream().map(LayerRow::getTensor))
        .containsExactly("first", "second");
    assertThat(TableReader.readFolder(LayerRow.class, folder.resolve("none"))).isEmpty();
    assertThatThrownBy(() -> TableReader.readFile(LayerRow.class, folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    byte[] whole = bytes(Tables.CYCLES, cycles());
    Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
    assertDamaged(CycleRow.class, cut);
    byte[] flipped = whole.clone();
    flipped[60] ^= 1; // inside the first column's pages: only their checksum tells
    assertDamaged(CycleRow.class, Files.write(folder.resolve("flipped.parquet"), flipped));
    assertDamaged(CycleRow.class, Files.writeString(folder.resolve("text.parquet"), "hello"));
    assertDamaged(CycleRow.class, Files.write(folder.resolve("empty.parquet"), new byte[0]));
  }

  @Test
  void namesAFileOfAnotherTable() throws IOException {
    assertDamaged(CycleRow.class, file(Tables.LAYERS, List.of(layer("a", 0, 0, "t"))));
  }

  private static void assertDamaged(Class<? extends SpecificRecord> type, Path file) {
    assertThatThrownBy(() -> TableReader.readFile(type, file))
        .isInstanceOf(DamagedTableException.class)
        .hasMessageStartingWith(file + " is damaged or not a table of this kind: ")
        .hasMessageNotContaining("\n");
  }

  private <T extends SpecificRecord> void assertRoundTrip(Table<T> table, List<T> rows)
      throws IOException {
    assertThat(TableReader.readFile(table.type(), file(table, rows))).isEqualTo(rows);
  }

  private <T extends SpecificRecord> Path file(Table<T> table, Collection<T> rows)
      throws IOException {
    return Files.write(folder.resolve("table.parquet"), bytes(table, rows));
  }

  private static <T extends SpecificRecord> byte[] bytes(Table<T> table, Collection<T> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableWriter.write(table, rows, out);
    return out.toByteArray();
  }

  /** 2 runs × 3 cycles × (particles 0 and 1, merged, ensemble) on test, in order. */
  private static List<CycleRow> cycles() {
    List<CycleRow> rows = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      for (int cycle = 0; cycle < 3; cycle++) {
        rows.add(cycle("été-" + run, cycle, "particle", 0, "test"));
        rows.add(cycle("été-" + run, cycle, "particle", 1, "test"));
        rows.add(cycle("été-" + run, cycle, "merged", null, "test"));
        rows.add(cycle("été-" + run, cycle, "ensemble", null, "test"));
      }
    }
    return rows;
  }

  private static CycleRow cycle(
      String run, int cycle, String subject, @Nullable Integer particle, String split) {
    return CycleRow.newBuilder()
        .setRun(run)
        .setMethod("swamp")
        .setVariant("")
        .setDataset("glyphs")
        .setModel("mlp")
        .setSeed(7)
        .setCycle(cycle)
        .setDensity(0.5)
        .setKept(4_000_000_000L)
        .setTotal(8_000_000_000L)
        .setSubject(subject)
        .setParticle(particle)
        .setSplit(split)
        .setLoss(1)
        .setAccuracy(0.75)
        .setNll(1)
        .setEce(0.1)
        .setBrier(0.2)
        .setWorstClassAccuracy(0.5)
        .build();
  }

  private static EpochRow epoch(
      String run, int cycle, int particle, int epoch, @Nullable Double validation) {
    return EpochRow.newBuilder()
        .setRun(run)
        .setMethod("imp")
        .setVariant("")
        .setDataset("glyphs")
        .setModel("mlp")
        .setSeed(7)
        .setCycle(cycle)
        .setParticle(particle)
        .setDensity(1)
        .setEpoch(epoch)
        .setLearningRate(0.1)
        .setTrainLoss(2)
        .setTrainAccuracy(0.25)
        .setValidationLoss(validation)
        .setValidationAccuracy(validation)
        .build();
  }

  private static LayerRow layer(String run, int cycle, int position, String tensor) {
    return new LayerRow(run, "imp", "", "glyphs", "mlp", 7L, cycle, position, tensor, 5L, 10L, 0.5);
  }

  private static CostRow cost(String run, @Nullable Integer particle, String kind) {
    return CostRow.newBuilder()
        .setRun(run)
        .setMethod("imp")
        .setVariant("")
        .setSeed(7)
        .setCycle(0)
        .setParticle(particle)
        .setKind(kind)
        .setAction("ab")
        .setCached(true)
        .setEpochs(1)
        .setImages(2)
        .setSeconds(3.5)
        .setImagesPerSecond(4.5)
        .setDevice("cpu")
        .setBegun(Instant.parse("2026-11-28T15:13:36.123Z"))
        .setWorker("node-3/4711")
        .setTries(2)
        .build();
  }

  private static FailureRecord failure(
      String run, int cycle, @Nullable Integer particle, String message) {
    return new FailureRecord(run, "imp", "", 7L, cycle, particle, message);
  }
}
