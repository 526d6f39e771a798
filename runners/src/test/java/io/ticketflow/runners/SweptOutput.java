package io.ticketflow.runners;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real sweep's output, made once a JVM: two methods on two seeds, and one that fails. */
public final class SweptOutput {
  private static final String EXPERIMENT =
      """
      name: swept
      methods:
        - imp
        - {method: swamp, particles: 2}
        - {method: imp, as: hot, training: {schedule: {name: constant, learningRate: 100}}}
      seeds: [1, 2]
      data: {name: glyphs, train: 120, test: 40, validation: 0.1}
      model: {name: lenet-300-100}
      training: {epochs: 2, rewindEpochs: 0, batchSize: 20}
      pruning: {rate: 0.5, cycles: 2}
      """;

  /** Runs without a result: hot on either seed. */
  public static final int FAILED = 2;

  private static final SweptOutput ONLY = new SweptOutput();

  private final Path experiment;
  private final Path output;

  private SweptOutput() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "swept");
      experiment = Files.writeString(folder.resolve("swept.yaml"), EXPERIMENT);
      output = folder.resolve("it's [here]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program.Said said = run();
    if (said.code() != ExitCode.SOME_RUNS_FAILED) {
      throw new AssertionError(said.err());
    }
  }

  /** Where it is; not to be changed. */
  public static Path folder() {
    return ONLY.output;
  }

  /** Runs the same experiment again, which finds everything finished. */
  public static Program.Said again(String... more) {
    return ONLY.run(more);
  }

  private Program.Said run(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "run";
    arguments[1] = experiment.toString();
    arguments[2] = "--output=" + output;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Program.call(arguments);
  }
}
