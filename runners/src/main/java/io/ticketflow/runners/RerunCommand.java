package io.ticketflow.runners;

import io.ticketflow.pipelines.compare.Rerun;
import io.ticketflow.runners.doctor.NativeLibraries;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.TemporaryFolder;
import io.ticketflow.runners.table.VerdictText;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Trains one particle again and compares its bits. */
@Command(
    name = "rerun",
    description = {
      "Trains one particle of an output again, from its stored ticket, and compares every bit with",
      "the stored one. The output is only read. Ends with 0 if they are the same, 4 if they differ."
    })
public final class RerunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "The output of a run.")
  private Location output = new Location(".");

  @Option(names = "--run", required = true, paramLabel = "R", description = "Such as imp-seed1.")
  private String run = "";

  @Option(names = "--cycle", required = true, paramLabel = "C", description = "From 0.")
  private int cycle;

  @Option(
      names = "--particle",
      paramLabel = "P",
      defaultValue = "0",
      description = "From 0 (default).")
  private int particle;

  @Mixin private DeviceOption device = new DeviceOption();

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    NativeLibraries.load();
    Rerun rerun;
    try (TemporaryFolder empty = TemporaryFolder.make("ticketflow-rerun")) {
      Rerun.Subject subject = new Rerun.Subject(run, cycle, particle);
      rerun = Rerun.of(output, subject, device.policy(), empty.path());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Verdict  %s%nReason   %d epochs were trained again in %.1f s%n",
        rerun.same() ? "same" : "different",
        rerun.epochs(),
        rerun.seconds());
    out.println("Here     now (" + rerun.now().text() + ")");
    out.println("There    " + output + " (" + rerun.before().text() + ")");
    rerun.curve().ifPresent(curve -> out.println("Curve    " + VerdictText.curve(curve)));
    rerun.tensor().ifPresent(tensor -> out.println("Tensor   " + VerdictText.tensor(tensor)));
    out.flush();
    return rerun.same() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }
}
