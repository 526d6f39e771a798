package io.ticketflow.runners.query;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.LocalBlobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.TableWriter;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * The tables of an output in a database of this process: cycles, epochs, layers, failures,
 * searches, budgets and costs. It holds copies and can reach no file, so no statement changes the
 * output.
 */
public final class OutputDatabase implements AutoCloseable {
  /** What DuckDB puts before the message of an error that it meets late. */
  private static final String LATE =
      "^Invalid Input Error: Attempting to execute an unsuccessful .* result\\s+Error: ";

  private final Connection connection;

  private OutputDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads the tables of an output, wherever it lies.
   *
   * @throws UserException if this build has no DuckDB
   * @throws IOException naming the file that cannot be read
   */
  public static OutputDatabase of(Location output) throws IOException {
    return of(output, OutputDatabase.class.getClassLoader());
  }

  static OutputDatabase of(Location output, ClassLoader libraries) throws IOException {
    try {
      OutputDatabase database = new OutputDatabase(DuckDb.open(libraries));
      try {
        database.load(output);
        return database;
      } catch (SQLException | IOException | RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + sentence(e), e);
    }
  }

  /**
   * The answer of the last statement.
   *
   * @throws UserException with DuckDB's message, if it refuses the text or gives no rows
   */
  public QueryResult ask(String sql) {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        throw new UserException("The query gives no rows: it must end with a select.");
      }
      try (ResultSet rows = statement.getResultSet()) {
        return QueryResult.of(rows);
      }
    } catch (SQLException e) {
      throw UserException.of("The query cannot be run: %s", sentence(e));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + sentence(e), e);
    }
  }

  private void load(Location output) throws IOException, SQLException {
    Path scratch = Files.createTempDirectory("ticketflow-query");
    LocalBlobs copies = new LocalBlobs(scratch);
    try {
      for (Table<?> table : Tables.ALL) {
        load(table, output, copies, scratch);
      }
    } finally {
      try (Stream<Path> all = Files.walk(scratch)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET temp_directory = ''");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private <R extends SpecificRecord> void load(
      Table<R> table, Location output, LocalBlobs copies, Path scratch)
      throws IOException, SQLException {
    Map<String, String> files = copy(table, output, copies);
    List<String> quoted = new ArrayList<>();
    files.keySet().forEach(path -> quoted.add("'" + escaped(scratch.resolve(path)) + "'"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE %s AS SELECT * FROM read_parquet([%s], hive_partitioning = false, "
                  + "union_by_name = true)",
              name(table),
              String.join(", ", quoted)));
    } catch (SQLException e) {
      String message = sentence(e);
      for (Map.Entry<String, String> file : files.entrySet()) {
        message = message.replace(scratch.resolve(file.getKey()).toString(), file.getValue());
      }
      throw new IOException(message, e);
    }
  }

  /**
   * Copies a table's files, under names that are no patterns; the first has no rows, so that each
   * table has every column.
   *
   * @return what they are called in the output, by copy
   */
  private static <R extends SpecificRecord> Map<String, String> copy(
      Table<R> table, Location output, LocalBlobs copies) throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    String folder = name(table) + "/";
    copies.write(folder + "empty.parquet", out -> TableWriter.write(table, List.of(), out));
    names.put(folder + "empty.parquet", "");
    BlobStore blobs = output.blobs();
    for (String path : blobs.list(table.folder())) {
      if (path.endsWith(".parquet")) {
        String copy = folder + names.size() + ".parquet";
        try (InputStream in = blobs.open(path)) {
          copies.write(copy, in::transferTo);
        }
        names.put(copy, output.file(path));
      }
    }
    return names;
  }

  private static String name(Table<?> table) {
    return table.folder().substring(table.folder().lastIndexOf('/') + 1);
  }

  private static String escaped(Path file) {
    return file.toString().replace("'", "''");
  }

  /** DuckDB's message without its drawing of the place, as one line. */
  private static String sentence(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int drawing = message.indexOf("\n\nLINE ");
    return (drawing < 0 ? message : message.substring(0, drawing))
        .replaceFirst(LATE, "")
        .strip()
        .replaceAll("\\s+", " ");
  }
}
