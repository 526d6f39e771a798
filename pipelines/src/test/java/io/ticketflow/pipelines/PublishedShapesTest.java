package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketflow.pipelines.report.Deliverables;
import io.ticketflow.schemas.CycleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shapes that the papers' figures have at any scale, on MNIST with three seeds: minutes, where
 * TICKETFLOW_DATA names the folder that holds {@code mnist}.
 */
class PublishedShapesTest {
  private static final int SEEDS = 3;

  @TempDir static Path folder;

  private static List<CycleRow> rows = List.of();

  @BeforeAll
  static void train() throws IOException {
    String root = System.getProperty("TICKETFLOW_DATA", System.getenv("TICKETFLOW_DATA"));
    assumeTrue(root != null, "TICKETFLOW_DATA names no folder");
    Path mnist = Path.of(root).resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "mnist is not there");
    Experiments.run(
        folder.resolve("output"),
        Experiments.records(
            folder,
            String.format(
                Locale.ROOT,
                """
            methods: [random, magnitude-at-init, snip, grasp, synflow, sms-greedy, lottery-pools,
              imp-ensemble]
            seeds: [1, 2, 3]
            data: {name: mnist, dir: %s, validation: 0.1}
            training: {epochs: 6, rewindEpochs: 1, schedule: {name: linear, learningRate: 0.1}}
            pruning: {densities: [0.05], saliency: {batchSize: 1000}}
            """,
                mnist)));
    rows = Experiments.cycles(folder.resolve("output"));
  }

  @Test
  void masksAtInitialisationBeatRandomOnesAtFivePercent() {
    double random = mean("random", "merged", "test", 1, CycleRow::getAccuracy);
    for (String method : List.of("magnitude-at-init", "snip", "grasp", "synflow")) {
      assertThat(mean(method, "merged", "test", 1, CycleRow::getAccuracy))
          .as(method)
          .isGreaterThan(random);
    }
  }

  @Test
  void aGreedySoupIsNoWorseThanItsMeanCandidateOnValidation() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(of(seed, "sms-greedy", "merged", "validation", 1, CycleRow::getAccuracy))
          .isGreaterThanOrEqualTo(
              of(seed, "sms-greedy", "particle", "validation", 1, CycleRow::getAccuracy));
    }
  }

  @Test
  void aPoolIsNoWorseThanItsTargetOnValidation() {
    List<CycleRow> named = Deliverables.of(rows);
    assertThat(named).anyMatch(row -> row.getSubject().equals(Deliverables.TARGETS));
    for (long seed = 1; seed <= SEEDS; seed++) {
      for (int cycle = 0; cycle <= 1; cycle++) {
        assertThat(of(seed, "lottery-pools", "pool", "validation", cycle, CycleRow::getAccuracy))
            .isGreaterThanOrEqualTo(
                of(seed, "lottery-pools", "merged", "validation", cycle, CycleRow::getAccuracy));
      }
    }
  }

  @Test
  void anEnsemblesNllIsNoHigherThanItsMembersMean() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(of(seed, "imp-ensemble", "ensemble", "test", 1, CycleRow::getNll))
          .isLessThanOrEqualTo(of(seed, "imp-ensemble", "member", "test", 1, CycleRow::getNll));
    }
  }

  private static double mean(
      String method, String subject, String split, int cycle, ToDoubleFunction<CycleRow> measure) {
    double sum = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      sum += of(seed, method, subject, split, cycle, measure);
    }
    return sum / SEEDS;
  }

  /** Of one seed; the mean where there are several. */
  private static double of(
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
}
