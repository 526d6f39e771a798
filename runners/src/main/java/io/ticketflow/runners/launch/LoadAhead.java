package io.ticketflow.runners.launch;

import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.TableWriter;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a run in this process needs later, by a thread beside it. Nothing depends on it: what
 * is not loaded yet, or could not be, is loaded where it is needed.
 */
public final class LoadAhead {
  private static final Logger LOG = LoggerFactory.getLogger(LoadAhead.class);

  /** By then the trainings have begun. */
  private static final long SECONDS = 5;

  private LoadAhead() {}

  /** Beam's options, half a second, while the experiment is read and planned. */
  public static void options() {
    start(PipelineOptionsFactory::create);
  }

  /** What reads and writes tables, by one of a run that is done, while the data are read. */
  public static void tables(Location output, String run) {
    start(() -> rewrite(Tables.CYCLES, output, run));
  }

  /** What writes tables, while the first trainings run. */
  public static void tables() {
    CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(LoadAhead::writeNothing);
  }

  private static void start(Runnable load) {
    Thread thread = new Thread(load, "load-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private static <R extends SpecificRecord> void rewrite(
      Table<R> table, Location output, String run) {
    try {
      TableWriter.write(table, table.read(output, run), OutputStream.nullOutputStream());
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.debug("a table of run {} cannot be read", run, e);
    }
  }

  private static void writeNothing() {
    try {
      TableWriter.write(Tables.CYCLES, List.of(), OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("a stream to nowhere failed", e);
    }
  }
}
