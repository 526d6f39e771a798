package io.ticketflow.runners.query;

import io.ticketflow.spec.UserException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** DuckDB, if this build has it. */
final class DuckDb {
  private static final String DRIVER = "org.duckdb.DuckDBDriver";

  private DuckDb() {}

  /**
   * An empty database in memory.
   *
   * @param libraries where DuckDB is looked for
   * @throws UserException if it is not there
   */
  static Connection open(ClassLoader libraries) throws SQLException {
    Driver driver;
    try {
      driver = (Driver) libraries.loadClass(DRIVER).getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new UserException(
          "'query' needs DuckDB, which this build lacks: 'export TICKETFLOW_MAVEN=-Pduckdb' adds "
              + "it (85 MB) at the next call.");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DuckDB is there and does not start", e);
    }
    return driver.connect("jdbc:duckdb:", new Properties());
  }
}
