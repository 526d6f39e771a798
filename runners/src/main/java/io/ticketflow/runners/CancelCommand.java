package io.ticketflow.runners;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.sweep.Cancelling;
import io.ticketflow.runners.sweep.StatusSnapshot;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Ends a job on a cluster, from whatever shell. */
@Command(
    name = "cancel",
    description = {
      "Cancels a run's job on its cluster, and waits for its end.",
      "",
      "What is finished stays: the run goes on when its command is given again."
    })
public final class CancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "Where the run's results go.")
  private Location output = new Location(".");

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    PrintWriter out = spec.commandLine().getOut();
    StatusSnapshot standing = StatusSnapshot.of(output);
    if (standing.job().isEmpty()) {
      throw UserException.of(
          "No job of a cluster works for %s; a run in a process of this machine is "
              + "cancelled there, by Ctrl-C",
          output);
    }
    out.println(Cancelling.cancel(output, standing));
    out.flush();
    return ExitCode.DONE;
  }
}
