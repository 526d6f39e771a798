package io.ticketflow.runners;

import io.ticketflow.exchange.export.ExportFormat;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.runners.export.NetworkChoice;
import io.ticketflow.runners.export.NetworkExport;
import io.ticketflow.runners.export.PublishedNetwork;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes a network of an output as a file of another program. */
@Command(
    name = "export",
    description = {
      "Writes a network as a file that other programs open: tensors under PyTorch's names with",
      "their masks (safetensors, npz), or the whole network (torchscript, onnx)."
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OUTPUT", description = "The output of a run.")
  private Location output = new Location(".");

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(names = "--run", paramLabel = "R", description = "The run; needed if there are several.")
  private Optional<String> run = Optional.empty();

  @Option(names = "--cycle", paramLabel = "C", description = "The cycle; if absent the last one.")
  private Optional<Integer> cycle = Optional.empty();

  @Option(
      names = "--what",
      paramLabel = "WHAT",
      description = "solution (if absent), ticket, particle:P, or pool:K such as pool:lottery.")
  private String what = "solution";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "safetensors, npz, torchscript or onnx.")
  private String formatName = "";

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "The new file.")
  private Path file = Path.of("");

  @Option(
      names = "--sparse",
      description = "Values and indices of the weights that are kept (safetensors, npz).")
  private boolean sparse;

  @Option(
      names = "--compact",
      description = "Cut out the channels that do nothing: the same function, a smaller network.")
  private boolean compact;

  @Option(
      names = "--pixels",
      description = {
        "Read the run's data for the mean and deviation of its pixels, and put them into the file.",
        "A network as torchscript or onnx then takes pixels from 0 to 1."
      })
  private boolean pixels;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = ExportFormat.parse(formatName);
    check(format);
    NetworkChoice choice = NetworkChoice.parse(what);
    StorageArguments.find(new BeamArguments(others), output);
    StoredExperiment experiment = StoredExperiment.of(output);
    PlannedRun published = experiment.run(run.orElseGet(() -> only(experiment)));
    PublishedNetwork network = PublishedNetwork.of(output, published.run(), cycle, choice);
    NetworkExport export =
        new NetworkExport(
            published, experiment.versions(), network, what, format, sparse, compact, pixels);
    NetworkExport.Counts counts = export.write(output, file);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Export  %s  %s of cycle %d of %s: %,d of %,d weights kept, %.3f MB%n",
        file,
        what,
        network.cycle(),
        published.run(),
        counts.kept(),
        counts.total(),
        Files.size(file) / 1e6);
    out.flush();
    return ExitCode.DONE;
  }

  private String only(StoredExperiment experiment) {
    List<String> names = experiment.names();
    if (names.size() != 1) {
      throw UserException.of("--run must name a run of %s: %s.", output, experiment.listed());
    }
    return names.get(0);
  }

  private void check(ExportFormat format) {
    if (sparse && format.needsGraph()) {
      throw UserException.of("--sparse is for safetensors and npz, not for %s.", format.label());
    }
    AtomicFile.checkNew("--to", file);
  }
}
