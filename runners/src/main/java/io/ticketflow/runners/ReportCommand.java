package io.ticketflow.runners;

import io.ticketflow.pipelines.report.Report;
import io.ticketflow.pipelines.report.ReportPage;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.FigureFiles;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes the report of finished or unfinished outputs. */
@Command(
    name = "report",
    description = "Writes one page about the results in one or several output folders.")
public final class ReportCommand implements Callable<Integer> {
  private static final String REPORT = "report.html";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Output folders of runs.")
  private List<Location> folders = new ArrayList<>();

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The page; if absent DIR/report.html, or report.html for several folders.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description = "Writes each figure as DIR/ID.svg too, 800 pixels wide, on white.")
  private Optional<Path> svg = Optional.empty();

  @Option(
      names = "--png",
      paramLabel = "DIR",
      description = "Writes each figure as DIR/ID.png too, 1600 pixels wide, on white.")
  private Optional<Path> png = Optional.empty();

  @Override
  public Integer call() throws IOException {
    output.ifPresent(page -> AtomicFile.checkPlace("--output", page));
    FigureFiles files = new FigureFiles(svg, png);
    files.check();
    BeamArguments beam = new BeamArguments(others);
    folders.forEach(folder -> StorageArguments.find(beam, folder));
    ReportPage report = Report.ofFolders(folders);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Report  " + write(report.html()));
    if (files.wanted()) {
      out.flush(); // figures take seconds
      out.println("Figures " + figures(files, report));
    }
    return ExitCode.DONE;
  }

  private static String figures(FigureFiles files, ReportPage report) throws IOException {
    if (report.figures().isEmpty()) {
      return "none, as nothing has been trained or measured yet";
    }
    files.write(report);
    return String.join(", ", report.figures());
  }

  /** Writes the page to where it belongs, and says where that is. */
  private String write(String page) throws IOException {
    if (output.isEmpty() && folders.size() == 1) {
      AtomicFile.write(folders.get(0), REPORT, page);
      return folders.get(0).file(REPORT);
    }
    Path file = output.orElse(Path.of(REPORT));
    AtomicFile.write(file, page);
    return file.toString();
  }
}
