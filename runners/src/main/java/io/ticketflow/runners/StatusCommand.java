package io.ticketflow.runners;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.sweep.StatusSnapshot;
import io.ticketflow.runners.sweep.StatusText;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says how a run stands, from another shell or after its client's end. */
@Command(
    name = "status",
    description = {
      "Shows how a run stands: its job, trainings, time left, failures.",
      "",
      "Of a job that ended while nobody watched it also writes status.json and the report."
    })
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "Where the run's results go.")
  private Location output = new Location(".");

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(names = "--json", description = "For programs: one object of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    StatusSnapshot standing = StatusSnapshot.of(output);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StatusText.json(standing));
    } else {
      StatusText.lines(standing).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
