package io.ticketflow.runners;

import io.ticketflow.runners.ending.ProcessEnd;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.watch.WatchServer;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows a run in a browser while it goes on. */
@Command(
    name = "watch",
    description = {
      "Serves the report of what is finished of a run, which grows while you look at it.",
      "",
      "Only this machine can look (127.0.0.1), and the output is only read. Ends by Ctrl-C, or ten",
      "minutes after the run has ended and nobody looks."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "Where the run's results go.")
  private Location output = new Location(".");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where to listen; any free port if absent.")
  private int port;

  @Mixin private DeviceOption device = new DeviceOption();

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > LAST_PORT) {
      throw UserException.of("--port must be from 0 to %s, got %s", LAST_PORT, port);
    }
    StorageArguments.find(new BeamArguments(others), output);
    try (WatchServer server = WatchServer.start(output, port, device.policy())) {
      var unused = ProcessEnd.onSignal(server::close); // as long as the process lives
      PrintWriter out = spec.commandLine().getOut();
      out.println("Watch   " + server.url());
      out.flush();
      server.await(PATIENCE);
    }
    return ExitCode.DONE;
  }
}
