package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.report.Deliverables;
import io.ticketflow.schemas.CycleRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shapes that the papers' figures have at any scale, on MNIST with three seeds: minutes, where
 * TICKETFLOW_DATA names the folder that holds {@code mnist}.
 */
class PublishedShapesTest extends ShapesOnMnist {
  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    train(
        folder,
        """
        methods: [random, magnitude-at-init, snip, grasp, synflow, sms-greedy, lottery-pools,
          imp-ensemble]
        training: {epochs: 6, rewindEpochs: 1, schedule: {name: linear, learningRate: 0.1}}
        pruning: {densities: [0.05], saliency: {batchSize: 1000}}
        """);
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
}
