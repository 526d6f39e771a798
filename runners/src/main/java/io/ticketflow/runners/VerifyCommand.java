package io.ticketflow.runners;

import io.ticketflow.pipelines.compare.BaselineFile;
import io.ticketflow.pipelines.compare.IncomparableException;
import io.ticketflow.pipelines.compare.OutputReading;
import io.ticketflow.pipelines.compare.Side;
import io.ticketflow.pipelines.compare.Verdict;
import io.ticketflow.pipelines.compare.Verification;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.CallRecord;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.table.VerdictText;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Unmatched;

/** Says whether an output holds the same as another. */
@Command(
    name = "verify",
    description = {
      "Compares an output with another, or with a file of 'ticketflow baseline'.",
      "",
      "Ends with 0 if they are the same, 4 if they differ, 5 if they cannot be compared",
      "or if there are too few seeds to tell."
    })
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "The output of a finished run.")
  private Location output = new Location(".");

  @Option(
      names = "--against",
      required = true,
      paramLabel = "BASELINE",
      description = "Another output, or a baseline's file.")
  private Location against = new Location(".");

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "auto",
      description = {
        "exact: every bit of tickets, solutions, pools and tables.",
        "statistical: accuracies over seeds, within a margin.",
        "auto (default): exact; where bits differ and the two were computed on different",
        "engines, devices or processors, statistical."
      })
  private Verification.Mode mode = Verification.Mode.AUTO;

  @Option(
      names = "--margin",
      paramLabel = "POINTS",
      defaultValue = "0.5",
      description = "Points of accuracy within which results are the same (default 0.5).")
  private double margin = 0.5;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      defaultValue = "0.05",
      description = "The chance of a wrong \"same\" that is taken (default 0.05).")
  private double alpha = 0.05;

  @Option(names = "--json", description = "For programs: the verdict with every row as JSON.")
  private boolean json;

  @Option(
      names = "--record",
      description = "Keep the verdict in OUTPUT/verdict.json, where 'history' finds it.")
  private boolean record;

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Verification verification = new Verification(mode, margin, alpha);
    BeamArguments beam = new BeamArguments(others);
    StorageArguments.find(beam, output);
    StorageArguments.find(beam, against);
    Verdict verdict = verdict(verification);
    if (record) {
      AtomicFile.write(output, VerdictText.FILE, verdict.json());
      CallRecord.judge(
          output, RunStatus.required(output), verdict.verdict().words(), verdict.reason());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(verdict.json());
    } else {
      VerdictText.lines(verdict).forEach(out::println);
    }
    out.flush();
    return switch (verdict.verdict()) {
      case SAME -> ExitCode.DONE;
      case DIFFERENT -> ExitCode.DIFFERENT;
      case CANNOT_TELL, CANNOT_BE_COMPARED -> ExitCode.CANNOT_TELL;
    };
  }

  private Verdict verdict(Verification verification) throws IOException {
    RunStatus status = RunStatus.required(output);
    Optional<Path> file = against.folder().filter(Files::isRegularFile);
    try {
      Side there =
          file.isPresent()
              ? BaselineFile.read(file.get())
              : finished(against, RunStatus.required(against));
      return verification.judge(finished(output, status), there);
    } catch (IncomparableException e) {
      return Verdict.cannotBeCompared(output.toString(), against.toString(), e.getMessage() + ".");
    }
  }

  private static Side finished(Location output, RunStatus status) throws IOException {
    if (!status.state().hasResults()) {
      throw new IncomparableException(
          output + " is not finished: its state is " + status.state().words());
    }
    return OutputReading.of(output);
  }
}
