package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.report.Report;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import io.ticketflow.work.TrainingProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run leaves to its readers once all is trained. */
final class FinishedRun {
  private FinishedRun() {}

  /** Reads the tables, writes the report, and sweeps the progress files, which nobody needs now. */
  static Outcome of(int runs, Location output, BlobStore blobs) throws IOException {
    Outcome outcome = Outcome.of(runs, output);
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    Report.ofFolders(List.of(output), html);
    AtomicFile.write(output, "report.html", html.toString(StandardCharsets.UTF_8));
    TrainingProgress.clear(blobs);
    return outcome;
  }
}
