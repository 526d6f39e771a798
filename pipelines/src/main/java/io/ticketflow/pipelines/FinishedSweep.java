package io.ticketflow.pipelines;

import static java.util.stream.Collectors.groupingBy;

import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Leftover;
import io.ticketflow.store.tables.Table;
import io.ticketflow.work.DryRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A sweep that has nothing left to do. {@link TicketPipeline} would find every action, and write
 * tickets, solutions, pools and tables anew; this one writes the same bytes in this process,
 * without a runner to start.
 */
public final class FinishedSweep {
  private final List<RunRecord> runs;
  private final DryRun look;

  private FinishedSweep(List<RunRecord> runs, DryRun look) {
    this.runs = runs;
    this.look = look;
  }

  /**
   * The sweep, if it is one. A store that outputs share may lack what the output has, so with one
   * the pipeline has work to do.
   *
   * @param plan of those runs
   * @param look that the plan was made by
   */
  public static Optional<FinishedSweep> of(List<RunRecord> runs, Plan plan, DryRun look) {
    return plan.isFinished() && look.place().store().isEmpty()
        ? Optional.of(new FinishedSweep(List.copyOf(runs), look))
        : Optional.empty();
  }

  /** Writes what readers of the output look for, and removes what dead workers left behind. */
  public void write() throws IOException {
    BlobStore blobs = look.place().blobs();
    Map<String, List<MetricRow>> rows =
        Walk.all(look.publishing(), runs).stream()
            .flatMap(walk -> walk.steps().rows().stream())
            .collect(groupingBy(MetricRow::getRun));
    try {
      rows.entrySet().parallelStream().forEach(run -> write(blobs, run.getKey(), run.getValue()));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    Leftover.sweepWorkers(blobs);
  }

  private static void write(BlobStore blobs, String run, List<MetricRow> rows) {
    List<SpecificRecord> all = rows.stream().map(row -> (SpecificRecord) row.getRow()).toList();
    try {
      Table.writeAll(blobs, run, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
