package io.ticketflow.runners;

import io.ticketflow.runners.history.HistoryText;
import io.ticketflow.runners.history.PastSweep;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.AtomicFile;
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

/** Lists past sweeps. */
@Command(
    name = "history",
    description = {
      "Lists every call of run on an output, or on the outputs below a folder, newest first:",
      "state, verdict, duration, versions.",
      "",
      "A verdict is the last one that 'verify --record' kept of the call."
    })
public final class HistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "An output, or a folder of outputs.")
  private Location folder = new Location(".");

  @Option(names = "--json", description = "For programs: a list of objects.")
  private boolean json;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Also write a page of HTML with a line a call.")
  private Optional<Path> page = Optional.empty();

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    page.ifPresent(file -> AtomicFile.checkPlace("--page", file));
    StorageArguments.find(new BeamArguments(others), folder);
    List<PastSweep> sweeps = PastSweep.below(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(HistoryText.json(sweeps));
    } else {
      HistoryText.lines(sweeps).forEach(out::println);
    }
    if (page.isPresent()) {
      AtomicFile.write(page.get(), HistoryText.page("Sweeps in " + folder, sweeps));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
