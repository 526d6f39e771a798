package io.ticketflow.pipelines.report;

import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/** The result tables of one experiment. */
public final class ExperimentTables {
  private final String name;
  private final TableSource source;
  private final String configuration;
  private final Map<Table<?>, List<?>> read = new ConcurrentHashMap<>();

  private ExperimentTables(String name, TableSource source, String configuration) {
    this.name = name;
    this.source = source;
    this.configuration = configuration;
  }

  /**
   * Tables of these rows, each in its table's order.
   *
   * @param name what the experiment is called on the page
   */
  public static ExperimentTables of(String name, Collection<? extends SpecificRecord> rows) {
    return new ExperimentTables(name, new TableSource.Gathered(List.copyOf(rows)), "");
  }

  /** Tables of rows of finished work, which may be on their way to their files. */
  public static ExperimentTables ofMetrics(String name, Collection<MetricRow> rows) {
    return of(name, rows.stream().map(row -> (SpecificRecord) row.getRow()).toList());
  }

  /**
   * The tables below {@code output/metrics}; one that is absent has no rows.
   *
   * @throws UserException if the folder holds no results
   */
  public static ExperimentTables read(String name, Location output) throws IOException {
    String metrics = output.file("metrics");
    if (output.folder().isPresent()
        ? !Files.isDirectory(Path.of(metrics))
        : output.blobs().list("metrics").isEmpty()) {
      throw UserException.of("%s holds no results: there is no folder %s", output, metrics);
    }
    return new ExperimentTables(
        name, new TableSource.Stored(output), StoredExperiment.text(output).orElse(""));
  }

  /** What the experiment is called on the page. */
  public String name() {
    return name;
  }

  /** The text of its resolved experiment.yaml; empty if it is not known. */
  String configuration() {
    return configuration;
  }

  /**
   * A table's rows, in its order. They are read once, or by each of several threads that ask first:
   * none waits for another, which may itself wait for files to be read.
   *
   * @throws UserException naming a damaged file
   */
  public <R extends SpecificRecord> List<R> rows(Table<R> table) {
    List<?> rows = read.get(table);
    if (rows == null) {
      rows = source.all(table);
      read.put(table, rows);
    }
    return rows.stream().map(table.type()::cast).toList();
  }

  /**
   * Likewise those of one run, for tables too large to be read whole. They are read anew.
   *
   * @throws UserException naming a damaged file
   */
  public <R extends SpecificRecord> List<R> rows(Table<R> table, String run) {
    return source.of(table, run);
  }
}
