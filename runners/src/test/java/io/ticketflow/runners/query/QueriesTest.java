package io.ticketflow.runners.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.runners.SweptOutput;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each question of conf/queries, put to a real output, against its rows added up here. */
class QueriesTest {
  private static final Path QUERIES = Path.of("..", "conf", "queries");
  private static final Location OUTPUT = Location.of(SweptOutput.folder());

  /** The queries round to hundredths of a point. */
  private static final double ROUNDED = 0.005001;

  private static OutputDatabase database;

  @BeforeAll
  static void open() throws IOException {
    database = OutputDatabase.of(OUTPUT);
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
  }

  @Test
  void everyQuestionBeginsWithItselfAndIsAnswered() throws IOException {
    try (Stream<Path> files = Files.list(QUERIES)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(10);
      for (Path file : all) {
        String text = Files.readString(file);
        assertThat(text.lines().findFirst().orElse("")).as("%s", file).matches("-- .*\\?");
        assertThat(database.ask(text).rows()).as("%s", file).isNotEmpty();
      }
    }
  }

  @Test
  void accuraciesAndTheirSpreads() throws IOException {
    List<Map<String, Object>> rows = ask("accuracy-by-density");
    // imp: merged and its one particle; swamp: merged, particles and their ensemble.
    assertThat(rows).hasSize(3 * (2 + 3) + 3 - 3 * ensembles("imp"));
    double one = accuracy("swamp", "merged", 1, 2);
    double two = accuracy("swamp", "merged", 2, 2);
    Map<String, Object> row =
        only(rows, r -> is(r, "swamp", 2) && "merged".equals(r.get("subject")));
    assertThat(number(row, "accuracy")).isCloseTo(50 * (one + two), within(ROUNDED));
    assertThat(number(row, "sd"))
        .isCloseTo(100 * Math.abs(one - two) / Math.sqrt(2), within(ROUNDED));
    assertThat(number(row, "density")).isCloseTo(25, within(0.01));
  }

  @Test
  void theBestMethodOfADensity() throws IOException {
    List<Map<String, Object>> rows = ask("best-method");
    assertThat(rows).hasSize(3);
    double highest =
        Stream.of("imp merged", "swamp merged", "swamp ensemble")
            .map(name -> name.split(" "))
            .mapToDouble(n -> 50 * (accuracy(n[0], n[1], 1, 1) + accuracy(n[0], n[1], 2, 1)))
            .max()
            .orElseThrow();
    assertThat(number(rows.get(1), "accuracy")).isCloseTo(highest, within(ROUNDED));
    assertThat(number(rows.get(1), "density")).isCloseTo(50, within(0.1));
  }

  @Test
  void theLargestSparsityNearDense() throws IOException {
    for (Map<String, Object> row : ask("largest-sparsity")) {
      String method = String.valueOf(row.get("method"));
      double dense = mean(method, 0);
      int last = 0;
      for (int cycle = 1; cycle <= 2; cycle++) {
        last = mean(method, cycle) >= dense - 0.005 ? cycle : last;
      }
      double sparsity = 100 - 100 * Math.pow(0.5, last);
      assertThat(number(row, "sparsity")).as(method).isCloseTo(sparsity, within(0.01));
      // of two values the standard error of the mean is half of their distance
      double distance = loss(method, 1, last) - loss(method, 2, last);
      assertThat(number(row, "se")).as(method).isCloseTo(50 * Math.abs(distance), within(ROUNDED));
    }
  }

  @Test
  void theMeanAgainstItsParticles() throws IOException {
    Map<String, Object> row = only(ask("mean-against-particles"), r -> is(r, "swamp", 1));
    double gain = 0;
    for (int seed = 1; seed <= 2; seed++) {
      gain += 50 * (accuracy("swamp", "merged", seed, 1) - accuracy("swamp", "particle", seed, 1));
    }
    assertThat(number(row, "gain")).isCloseTo(gain, within(ROUNDED));
    assertThat(ask("mean-against-particles")).allMatch(r -> "swamp".equals(r.get("method")));
  }

  @Test
  void curves() throws IOException {
    Map<String, Object> row =
        only(ask("training-curves"), r -> is(r, "imp", 2) && number(r, "epoch") == 2);
    double loss =
        Tables.EPOCHS.read(OUTPUT).stream()
            .filter(r -> r.getMethod().equals("imp") && r.getCycle() == 2 && r.getEpoch() == 2)
            .mapToDouble(EpochRow::getTrainLoss)
            .average()
            .orElseThrow();
    assertThat(number(row, "train_loss")).isCloseTo(loss, within(5.1e-5));
    assertThat(number(row, "trainings")).isEqualTo(2);
  }

  @Test
  void costsAndBudgets() throws IOException {
    Map<String, Object> cost = only(ask("cost-per-run"), r -> "imp-seed1".equals(r.get("run")));
    List<CostRow> costs = Tables.COSTS.read(OUTPUT);
    assertThat(number(cost, "seconds"))
        .isCloseTo(
            costs.stream()
                .filter(r -> r.getRun().equals("imp-seed1"))
                .mapToDouble(CostRow::getSeconds)
                .sum(),
            within(ROUNDED));
    // 120 images, a tenth of them for validation; 3 trainings of 2 epochs.
    assertThat(number(cost, "images")).isEqualTo(108 * 2 * 3);
    Map<String, Object> budget = only(ask("budgets"), r -> is(r, "swamp", 2));
    assertThat(number(budget, "image_passes")).isEqualTo(108 * 2 * 6);
    assertThat(Tables.BUDGETS.read(OUTPUT).stream().mapToLong(BudgetRow::getImagePasses).max())
        .hasValue(108 * 2 * 2);
    assertThat(number(budget, "accuracy")).isCloseTo(100 * mean("swamp", 2), within(ROUNDED));
  }

  @Test
  void failuresAndLayers() throws IOException {
    assertThat(ask("failures"))
        .hasSize(SweptOutput.FAILED)
        .allMatch(r -> String.valueOf(r.get("run")).startsWith("hot"));
    Map<String, Object> row =
        only(ask("layer-densities"), r -> is(r, "imp", 2) && "fc3.weight".equals(r.get("tensor")));
    double density =
        Tables.LAYERS.read(OUTPUT).stream()
            .filter(
                r ->
                    r.getMethod().equals("imp")
                        && r.getCycle() == 2
                        && r.getTensor().equals("fc3.weight"))
            .mapToDouble(LayerRow::getDensity)
            .average()
            .orElseThrow();
    assertThat(number(row, "density")).isCloseTo(100 * density, within(ROUNDED));
  }

  @Test
  void differencesOnTheSameSeed() throws IOException {
    Map<String, Object> row =
        only(
            ask("paired-differences"),
            r -> "imp".equals(r.get("first")) && number(r, "cycle") == 2);
    double one = accuracy("imp", "merged", 1, 2) - accuracy("swamp", "merged", 1, 2);
    double two = accuracy("imp", "merged", 2, 2) - accuracy("swamp", "merged", 2, 2);
    assertThat(row.get("second")).isEqualTo("swamp");
    assertThat(number(row, "difference")).isCloseTo(50 * (one + two), within(ROUNDED));
    assertThat(number(row, "se")).isCloseTo(50 * Math.abs(one - two), within(ROUNDED));
  }

  private static List<Map<String, Object>> ask(String question) throws IOException {
    QueryResult answer = database.ask(Files.readString(QUERIES.resolve(question + ".sql")));
    return answer.rows().stream()
        .map(
            values -> {
              Map<String, Object> row = new HashMap<>();
              for (int i = 0; i < values.size(); i++) {
                row.put(answer.columns().get(i), values.get(i));
              }
              return row;
            })
        .toList();
  }

  private static Map<String, Object> only(
      List<Map<String, Object>> rows, Predicate<Map<String, Object>> wanted) {
    List<Map<String, Object>> found = rows.stream().filter(wanted).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static boolean is(Map<String, Object> row, String method, int cycle) {
    return method.equals(row.get("method")) && number(row, "cycle") == cycle;
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) Objects.requireNonNull(row.get(column))).doubleValue();
  }

  /** On test, from 0 to 1; of several particles their mean. */
  private static double accuracy(String method, String subject, int seed, int cycle) {
    return rows(Tables.CYCLES).stream()
        .filter(r -> r.getMethod().equals(method) && r.getSubject().equals(subject))
        .filter(r -> r.getSplit().equals("test") && r.getSeed() == seed && r.getCycle() == cycle)
        .mapToDouble(CycleRow::getAccuracy)
        .average()
        .orElseThrow();
  }

  private static double mean(String method, int cycle) {
    return (accuracy(method, "merged", 1, cycle) + accuracy(method, "merged", 2, cycle)) / 2;
  }

  private static double loss(String method, int seed, int cycle) {
    return accuracy(method, "merged", seed, 0) - accuracy(method, "merged", seed, cycle);
  }

  private static int ensembles(String method) {
    return rows(Tables.CYCLES).stream()
            .anyMatch(r -> r.getMethod().equals(method) && r.getSubject().equals("ensemble"))
        ? 0
        : 1;
  }

  private static List<CycleRow> rows(Table<CycleRow> table) {
    try {
      return table.read(OUTPUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
