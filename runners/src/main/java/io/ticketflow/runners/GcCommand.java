package io.ticketflow.runners;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.sweep.StatusSnapshot;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Leftover;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Removes what an output does not need. */
@Command(
    name = "gc",
    description = {
      "Removes files of an output that no ticket, solution, action or unfinished training needs:",
      "what dead workers left, and artifacts that nothing refers to."
    })
public final class GcCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "The output of a run.")
  private Location output = new Location(".");

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be removed.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    OutputFolder.require(output);
    refuseWhileWorkedFor();
    try (OutputFolder folder = OutputFolder.claim(output)) {
      BlobStore blobs = folder.location().blobs();
      List<Leftover> leftovers = Leftover.ofOutput(blobs);
      PrintWriter out = spec.commandLine().getOut();
      for (Leftover each : leftovers) {
        if (!dryRun) {
          blobs.delete(each.path());
        }
        out.printf(
            Locale.ROOT, "%10.3f MB  %s  (%s)%n", each.bytes() / MEGABYTE, each.path(), each.why());
      }
      out.println(total(leftovers));
      out.flush();
    }
    return ExitCode.DONE;
  }

  /** A cluster's job holds no lock: its workers' files must not go under their hands. */
  private void refuseWhileWorkedFor() throws IOException {
    StatusSnapshot standing = StatusSnapshot.of(output);
    standing
        .job()
        .filter(job -> standing.isAtWork() || standing.remark().isPresent())
        .ifPresent(
            job -> {
              throw UserException.of(
                  "Job %s on the cluster at %s works for %s, or may: wait for its end, or end it "
                      + "with 'ticketflow cancel'.",
                  job.job(), job.master(), output);
            });
  }

  private String total(List<Leftover> leftovers) {
    if (leftovers.isEmpty()) {
      return "Nothing to remove: every file of " + output + " is needed.";
    }
    return String.format(
        Locale.ROOT,
        "%s %d file%s, %.3f MB%s",
        dryRun ? "Would remove" : "Removed",
        leftovers.size(),
        leftovers.size() == 1 ? "" : "s",
        leftovers.stream().mapToLong(Leftover::bytes).sum() / MEGABYTE,
        dryRun ? "; without --dry-run they go." : ".");
  }
}
