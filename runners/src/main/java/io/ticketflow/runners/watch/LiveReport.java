package io.ticketflow.runners.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.FinishedRows;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.pipelines.report.Report;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.output.TemporaryFolder;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.store.Location;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Workplace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The report of an output as far as its run has come: of the tables of a run that has ended with
 * results, else of finished actions. It is made anew when there is something new to show, and kept
 * otherwise. For one thread at a time.
 */
final class LiveReport {
  private static final Page NOTHING = new Page("", new byte[0], true, false);

  private final Location output;
  private final DevicePolicy devices;
  private String experiment = "";
  private Optional<FinishedRows> finished = Optional.empty();

  /** What the page was made of. */
  private String shown = "";

  private Page page = NOTHING;

  /**
   * Of an output.
   *
   * @param devices that its run takes
   */
  LiveReport(Location output, DevicePolicy devices) {
    this.output = output;
    this.devices = devices;
  }

  /**
   * A page.
   *
   * @param version differs between pages that differ; empty if none was made yet
   * @param html the report, in UTF-8
   * @param empty whether nothing is finished
   * @param foreign whether what is finished was made on other devices, or by another program
   */
  record Page(String version, byte[] html, boolean empty, boolean foreign) {}

  /**
   * The page as of now.
   *
   * @throws io.ticketflow.spec.UserException if experiment, data or tables cannot be read
   */
  Page of(RunStatus status) throws IOException {
    if (status.state().hasResults() || status.failedRuns() > 0) {
      String end = status.started() + " " + status.finished();
      if (!end.equals(shown)) {
        ByteArrayOutputStream html = new ByteArrayOutputStream();
        Report.ofFolders(List.of(output), html);
        page = made(html, false, false);
        shown = end;
      }
      return page;
    }
    FinishedRows.Look look = finished().now();
    String basis = "look " + look.number();
    if (!basis.equals(shown)) {
      ByteArrayOutputStream html = new ByteArrayOutputStream();
      Report.ofUnfinished(output, look.rows(), html);
      page = made(html, look.rows().isEmpty(), look.foreign());
      shown = basis;
    }
    return page;
  }

  private static Page made(ByteArrayOutputStream html, boolean empty, boolean foreign) {
    return new Page(CanonicalJson.digest(html.toString(UTF_8)), html.toByteArray(), empty, foreign);
  }

  /** Of the output's experiment, which may change between two calls of run. */
  private FinishedRows finished() throws IOException {
    String text = StoredExperiment.text(output).orElse("");
    if (finished.isPresent() && text.equals(experiment)) {
      return finished.get();
    }
    OutputFolder.require(output);
    try (TemporaryFolder folder = TemporaryFolder.make("ticketflow-watch")) {
      Path file = Files.writeString(folder.path().resolve(StoredExperiment.FILE), text);
      Prepared prepared = Prepared.of(Experiment.load(file, List.of()), devices);
      Workplace place = new Workplace(output.absolute(), devices, CheckpointPolicy.DEFAULT);
      FinishedRows rows = new FinishedRows(prepared.records(), place);
      finished = Optional.of(rows);
      shown = "";
      experiment = text;
      return rows;
    }
  }
}
