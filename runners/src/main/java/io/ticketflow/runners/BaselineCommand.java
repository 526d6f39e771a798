package io.ticketflow.runners;

import io.ticketflow.pipelines.compare.BaselineFile;
import io.ticketflow.pipelines.compare.IncomparableException;
import io.ticketflow.pipelines.compare.OutputReading;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.spec.UserException;
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

/** Writes what an output is compared by into a small file. */
@Command(
    name = "baseline",
    description = "Writes a small file that 'verify --against' takes in place of an output.")
public final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "The output of a finished run.")
  private Location output = new Location(".");

  @Option(names = "--to", paramLabel = "FILE", description = "The file; printed if absent.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "A sentence for the file's head.")
  private String note = "";

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    file.ifPresent(to -> AtomicFile.checkPlace("--to", to));
    StorageArguments.find(new BeamArguments(others), output);
    RunStatus status = RunStatus.required(output);
    if (!status.state().hasResults()) {
      throw UserException.of(
          "%s is not finished, so it is no baseline: its state is %s",
          output, status.state().words());
    }
    PrintWriter out = spec.commandLine().getOut();
    String text;
    try {
      text = BaselineFile.write(OutputReading.of(output), note);
    } catch (IncomparableException e) {
      throw new UserException(e.getMessage());
    }
    if (file.isPresent()) {
      AtomicFile.write(file.get(), text);
      out.println("Baseline  " + file.get());
    } else {
      out.print(text);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
