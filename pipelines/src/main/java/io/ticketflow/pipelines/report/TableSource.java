package io.ticketflow.pipelines.report;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.DamagedTableException;
import io.ticketflow.store.tables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Where the rows of an experiment come from. */
interface TableSource {
  /** All rows of a table, in its order. */
  <R extends SpecificRecord> List<R> all(Table<R> table);

  /** Those of one run. */
  <R extends SpecificRecord> List<R> of(Table<R> table, String run);

  /** The tables of an output, each read when it is asked for. */
  record Stored(Location output) implements TableSource {
    private interface Read<R> {
      List<R> rows() throws IOException;
    }

    @Override
    public <R extends SpecificRecord> List<R> all(Table<R> table) {
      return read(() -> table.read(output));
    }

    @Override
    public <R extends SpecificRecord> List<R> of(Table<R> table, String run) {
      return read(() -> table.read(output, run));
    }

    private static <R> List<R> read(Read<R> read) {
      try {
        return read.rows();
      } catch (DamagedTableException e) {
        throw new UserException(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Rows that are in memory, of any table. */
  record Gathered(Collection<? extends SpecificRecord> rows) implements TableSource {
    @Override
    public <R extends SpecificRecord> List<R> all(Table<R> table) {
      return rows.stream()
          .filter(table.type()::isInstance)
          .map(table.type()::cast)
          .sorted(Comparator.<R, String>comparing(Gathered::file).thenComparing(table.order()))
          .toList();
    }

    @Override
    public <R extends SpecificRecord> List<R> of(Table<R> table, String run) {
      return all(table).stream().filter(row -> run(row).equals(run)).toList();
    }

    private static Object run(SpecificRecord row) {
      return row.get(row.getSchema().getField("run").pos());
    }

    /** Files are read by name, and a dot comes after a dash. */
    private static String file(SpecificRecord row) {
      return run(row) + ".parquet";
    }
  }
}
