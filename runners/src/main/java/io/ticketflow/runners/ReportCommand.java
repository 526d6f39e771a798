package io.ticketflow.runners;

import io.ticketflow.pipelines.report.Report;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.spec.SpecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Writes the report of finished or unfinished outputs. */
@Command(
    name = "report",
    description = "Writes one page about the results in one or several output folders.")
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Output folders of runs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The page; if absent DIR/report.html, or report.html for several folders.")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws IOException {
    output.ifPresent(ReportCommand::check);
    Path beside = folders.size() == 1 ? folders.get(0) : Path.of("");
    Path page = output.orElseGet(() -> beside.resolve("report.html"));
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    Report.ofFolders(folders, html);
    AtomicFile.write(page, html.toString(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println("Report  " + page);
    return ExitCode.DONE;
  }

  private static void check(Path page) {
    if (Files.isDirectory(page)) {
      throw new SpecException("--output must name a file, got the folder " + page);
    }
    Path folder = page.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new SpecException(
          "--output must name a file in a folder that exists, got " + page + ": no " + folder);
    }
  }
}
