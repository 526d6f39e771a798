package io.ticketflow.runners;

import io.ticketflow.learn.data.KnownDataset;
import io.ticketflow.learn.data.KnownDatasets;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.TemporaryFolder;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes an experiment to begin with. */
@Command(
    name = "init",
    description = {
      "Writes a commented experiment for the data at hand: the first of the known data sets",
      "whose files a folder holds; for drawn glyphs without one."
    })
public final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The new file, such as experiment.yaml.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of MNIST, CIFAR, or images in train/CLASS/ and test/CLASS/.")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() throws IOException {
    AtomicFile.checkNew("FILE", file);
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw UserException.of("--data must name a folder, got %s", folder.get());
    }
    String text = text();
    AtomicFile.write(file, text);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Experiment  " + file);
    out.println("Plan        ticketflow plan " + file + " --summary");
    out.println("Run         ticketflow run " + file);
    out.flush();
    return ExitCode.DONE;
  }

  /** The text for the first data set whose experiment would run. */
  private String text() throws IOException {
    List<String> tried = new ArrayList<>();
    try (TemporaryFolder empty = TemporaryFolder.make("ticketflow-init")) {
      for (KnownDataset known : KnownDatasets.ALL) {
        if (known.hasFiles() != folder.isPresent()) {
          continue;
        }
        String text = text(known);
        try {
          Prepared unused =
              Prepared.of(
                  Experiment.load(
                      Files.writeString(empty.path().resolve("init.yaml"), text), List.of()),
                  DevicePolicy.CPU);
          return text;
        } catch (UserException e) {
          tried.add(known.name());
        }
      }
    }
    throw UserException.of(
        "%s holds the files of none of %s: conf/README.md says how they must lie",
        folder.orElse(Path.of(".")), String.join(", ", tried));
  }

  private String text(KnownDataset known) throws IOException {
    List<String> data = new ArrayList<>(List.of("  name: " + known.name()));
    folder.ifPresent(dir -> data.add("  dir: \"" + dir.toAbsolutePath().normalize() + "\""));
    boolean folders = known.hasFiles() && !known.isPublished();
    boolean grey =
        !folders && known.shape().apply(Settings.defaults().run(1).data()).channels() == 1;
    if (folders) {
      data.add("  # What images are scaled to: pixels of a side, and 3 channels or 1.");
      data.add("  size: 32");
      data.add("  channels: 3");
    }
    if (!grey) {
      data.add("  # Images are shifted by up to 4 pixels and flipped at random.");
      data.add("  crop: 4");
      data.add("  flip: true");
    }
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return template()
        .replace("{file}", file.toString())
        .replace("{name}", "\"" + name.replace("\"", "") + "\"")
        .replace("{data}", String.join("\n", data))
        .replace("{model}", grey ? "lenet-300-100" : "resnet-20")
        .replace("{epochs}", grey ? "12" : "40")
        .replace("{double}", grey ? "24" : "80")
        .replace("{rewind}", grey ? "1" : "4")
        .replace("{cycles}", "12")
        .replace("{left}", "6.9"); // 0.8^12 = 0.0687
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(InitCommand.class.getResourceAsStream("init.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
