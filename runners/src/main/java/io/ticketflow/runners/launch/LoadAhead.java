package io.ticketflow.runners.launch;

import io.ticketflow.store.tables.TableWriter;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Loads what a run in this process needs later, by a thread beside it. Nothing depends on it: what
 * is not loaded yet, or could not be, is loaded where it is needed.
 */
public final class LoadAhead {
  /** By then the trainings have begun. */
  private static final long SECONDS = 5;

  private LoadAhead() {}

  /** Beam's options, half a second, while the experiment is read and planned. */
  public static void options() {
    Thread thread = new Thread(PipelineOptionsFactory::create, "load-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** What writes tables, while the first trainings run. */
  public static void tables() {
    CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(LoadAhead::writeNothing);
  }

  private static void writeNothing() {
    try {
      TableWriter.write(Tables.CYCLES, List.of(), OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("a stream to nowhere failed", e);
    }
  }
}
