package io.ticketflow.store.tables;

import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A table of an output: a folder of Parquet files, one a run.
 *
 * @param folder below the output
 * @param type of its rows
 * @param order of the rows of a file, total
 */
public record Table<R extends SpecificRecord>(
    String folder, Class<R> type, Comparator<? super R> order) {
  /**
   * Replaces a run's file.
   *
   * @param rows rows of any table: this one takes its own; without any there is no file
   */
  public void write(BlobStore blobs, String run, Collection<? extends SpecificRecord> rows)
      throws IOException {
    List<R> own = rows.stream().filter(type::isInstance).map(type::cast).toList();
    String path = file(run);
    if (own.isEmpty()) {
      blobs.delete(path);
    } else {
      blobs.write(path, out -> TableWriter.write(this, own, out));
    }
  }

  /** Replaces a run's files of all tables by those of these rows. */
  public static void writeAll(
      BlobStore blobs, String run, Collection<? extends SpecificRecord> rows) throws IOException {
    for (Table<?> table : Tables.ALL) {
      table.write(blobs, run, rows);
    }
  }

  /**
   * A run's rows; none if it has no file.
   *
   * @throws DamagedTableException naming the file, if it cannot be read
   */
  public List<R> read(Location output, String run) throws IOException {
    return TableReader.readFile(type, output, file(run));
  }

  /**
   * All rows of an output, by run.
   *
   * @throws DamagedTableException naming the file that cannot be read
   */
  public List<R> read(Location output) throws IOException {
    return TableReader.readFolder(type, output, folder);
  }

  private String file(String run) {
    return folder + "/" + run + ".parquet";
  }
}
