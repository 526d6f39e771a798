package io.ticketflow.runners;

import io.ticketflow.runners.data.DataFetch;
import io.ticketflow.runners.progress.DownloadView;
import io.ticketflow.runners.sweep.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What has to do with data sets. */
@Command(
    name = "data",
    description = "Fetches published data sets.",
    subcommands = DataCommand.FetchCommand.class)
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: fetch.");
  }

  /** Fetches one data set. */
  @Command(
      name = "fetch",
      description = {
        "Fetches a data set into a folder, whole and checked.",
        "What is there already is kept; a download that broke off goes on."
      })
  public static final class FetchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist, cifar10 or cifar100.")
    private String name = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DIR",
        description = "The folder to fetch into.")
    private Path to = Path.of("");

    @Option(
        names = "--mirror",
        paramLabel = "URL",
        description = "Where the same files lie, in place of the publisher's address.")
    private Optional<URI> mirror = Optional.empty();

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      Terminal terminal = Terminal.of(out, spec.commandLine().getErr());
      Path folder;
      try (DownloadView view =
          new DownloadView(terminal.err(), terminal.interactive(), terminal.width())) {
        folder = new DataFetch().fetch(name, to, mirror, view::at);
      }
      out.println(name + " is in " + folder + ": data.dir=" + folder);
      return ExitCode.DONE;
    }
  }
}
