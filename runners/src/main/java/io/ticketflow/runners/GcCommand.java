package io.ticketflow.runners;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.StoreFolder;
import io.ticketflow.runners.sweep.StatusSnapshot;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Leftover;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Removes what an output does not need, or what several do not need of the store they share. */
@Command(
    name = "gc",
    description = {
      "Removes files of an output that no ticket, solution, action or unfinished training needs:",
      "what dead workers left, and artifacts that nothing refers to.",
      "",
      "With --store it removes from that store what none of the outputs named has."
    })
public final class GcCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "OUTPUT",
      arity = "1..*",
      description = "The output of a run; several only with --store.")
  private List<Location> outputs = new ArrayList<>();

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = {
        "Remove from this store, not from outputs:",
        "name all whose actions are to stay in it."
      })
  private Optional<Location> store = Optional.empty();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be removed.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(
        new BeamArguments(others),
        Stream.concat(outputs.stream(), store.stream()).toArray(Location[]::new));
    if (store.isEmpty() && outputs.size() > 1) {
      throw new UserException("gc takes one OUTPUT, or several with --store=DIR");
    }
    for (Location output : outputs) {
      OutputFolder.require(output);
      refuseWhileWorkedFor(output);
    }
    if (store.isPresent()) {
      for (Location output : outputs) {
        if (OutputFolder.isHeld(output)) {
          throw UserException.of("A run is writing to %s: wait for its end.", output);
        }
      }
      BlobStore shared = StoreFolder.require(store.get());
      remove(store.get(), shared, Leftover.ofStore(shared, this::actions));
      return ExitCode.DONE;
    }
    try (OutputFolder folder = OutputFolder.claim(outputs.get(0))) {
      BlobStore blobs = folder.location().blobs();
      remove(folder.location(), blobs, Leftover.ofOutput(blobs));
    }
    return ExitCode.DONE;
  }

  /** Of all outputs. */
  private Set<String> actions() {
    return outputs.stream()
        .flatMap(output -> new ActionStore(output.blobs()).paths().stream())
        .collect(Collectors.toSet());
  }

  private void remove(Location place, BlobStore blobs, List<Leftover> leftovers)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Leftover each : leftovers) {
      if (!dryRun) {
        blobs.delete(each.path());
      }
      out.printf(
          Locale.ROOT, "%10.3f MB  %s  (%s)%n", each.bytes() / MEGABYTE, each.path(), each.why());
    }
    out.println(total(place, leftovers));
    out.flush();
  }

  /** A cluster's job holds no lock: its workers' files must not go under their hands. */
  private static void refuseWhileWorkedFor(Location output) throws IOException {
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

  private String total(Location place, List<Leftover> leftovers) {
    if (leftovers.isEmpty()) {
      return "Nothing to remove: every file of " + place + " is needed.";
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
