package io.ticketflow.pipelines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketflow.schemas.CycleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * An experiment on MNIST with three seeds, where TICKETFLOW_DATA names the folder of {@code mnist}.
 */
abstract class ShapesOnMnist {
  static final int SEEDS = 3;

  static List<CycleRow> rows = List.of();

  static void train(Path folder, String experiment) throws IOException {
    String root = System.getProperty("TICKETFLOW_DATA", System.getenv("TICKETFLOW_DATA"));
    assumeTrue(root != null, "TICKETFLOW_DATA names no folder");
    Path mnist = Path.of(root).resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "mnist is not there");
    String data =
        String.format(
            Locale.ROOT,
            "seeds: [1, 2, 3]%ndata: {name: mnist, dir: %s, validation: 0.1}%n",
            mnist);
    Experiments.run(
        folder.resolve("output"), Experiments.records(folder, experiment + "\n" + data));
    rows = Experiments.cycles(folder.resolve("output"));
  }

  static double mean(
      String method, String subject, String split, int cycle, ToDoubleFunction<CycleRow> measure) {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToDouble(seed -> of(seed, method, subject, split, cycle, measure))
        .average()
        .orElseThrow();
  }

  /** Of one seed; the mean where there are several. */
  static double of(
      long seed,
      String method,
      String subject,
      String split,
      int cycle,
      ToDoubleFunction<CycleRow> measure) {
    return rows.stream()
        .filter(row -> row.getSeed() == seed && row.getMethod().equals(method))
        .filter(row -> row.getSubject().equals(subject) && row.getSplit().equals(split))
        .filter(row -> row.getCycle() == cycle)
        .mapToDouble(measure)
        .average()
        .orElseThrow();
  }

  /** Test accuracy, the mean over seeds. */
  static double accuracy(String method, String subject, int cycle) {
    return mean(method, subject, "test", cycle, CycleRow::getAccuracy);
  }

  /** The standard deviation of the test accuracy over seeds. */
  static double spread(String method, String subject, int cycle) {
    double mean = accuracy(method, subject, cycle);
    double squares =
        LongStream.rangeClosed(1, SEEDS)
            .mapToDouble(seed -> of(seed, method, subject, "test", cycle, CycleRow::getAccuracy))
            .map(value -> (value - mean) * (value - mean))
            .sum();
    return Math.sqrt(squares / (SEEDS - 1));
  }
}
