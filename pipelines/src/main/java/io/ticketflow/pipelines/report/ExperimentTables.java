package io.ticketflow.pipelines.report;

import static java.util.stream.Collectors.groupingBy;

import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.DamagedTableException;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The result tables of one experiment. */
public final class ExperimentTables {
  private final String name;
  private final Map<Table<?>, List<?>> rows;
  private final String configuration;

  private ExperimentTables(String name, Map<Table<?>, List<?>> rows, String configuration) {
    this.name = name;
    this.rows = rows;
    this.configuration = configuration;
  }

  /**
   * Tables of these rows, each in its table's order.
   *
   * @param name what the experiment is called on the page
   */
  public static ExperimentTables of(String name, Collection<? extends SpecificRecord> rows) {
    Map<Class<?>, List<SpecificRecord>> byType =
        rows.stream().collect(groupingBy(SpecificRecord::getClass));
    Map<Table<?>, List<?>> sorted = new HashMap<>();
    for (Table<?> table : Tables.ALL) {
      sorted.put(table, sorted(table, byType.getOrDefault(table.type(), List.of())));
    }
    return new ExperimentTables(name, sorted, "");
  }

  /** Tables of rows of finished work, which may be on their way to their files. */
  public static ExperimentTables ofMetrics(String name, Collection<MetricRow> rows) {
    return of(name, rows.stream().map(row -> (SpecificRecord) row.getRow()).toList());
  }

  /**
   * The tables below {@code output/metrics}; one that is absent has no rows.
   *
   * @throws UserException if the folder holds no results, or naming a damaged file
   */
  public static ExperimentTables read(String name, Location output) throws IOException {
    String metrics = output.file("metrics");
    if (output.folder().isPresent()
        ? !Files.isDirectory(Path.of(metrics))
        : output.blobs().list("metrics").isEmpty()) {
      throw UserException.of("%s holds no results: there is no folder %s", output, metrics);
    }
    try {
      Map<Table<?>, List<?>> rows = new HashMap<>();
      for (Table<?> table : Tables.ALL) {
        rows.put(table, table.read(output));
      }
      return new ExperimentTables(name, rows, StoredExperiment.text(output).orElse(""));
    } catch (DamagedTableException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  /** What the experiment is called on the page. */
  public String name() {
    return name;
  }

  /** The text of its resolved experiment.yaml; empty if it is not known. */
  String configuration() {
    return configuration;
  }

  /** A table's rows, in its order. */
  public <R extends SpecificRecord> List<R> rows(Table<R> table) {
    return rows.getOrDefault(table, List.of()).stream().map(table.type()::cast).toList();
  }

  private static <R extends SpecificRecord> List<R> sorted(
      Table<R> table, List<SpecificRecord> rows) {
    return rows.stream().map(table.type()::cast).sorted(table.order()).toList();
  }
}
