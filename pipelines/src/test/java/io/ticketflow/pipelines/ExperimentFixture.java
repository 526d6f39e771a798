package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Loads experiments from the text of their files. */
abstract class ExperimentFixture {
  @TempDir Path folder;

  Experiment load(String yaml, String... overrides) {
    try {
      return Experiment.load(Files.writeString(folder.resolve("x.yaml"), yaml), List.of(overrides));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  RunSpec only(String yaml, String... overrides) {
    List<PlannedRun> runs = load(yaml, overrides).runs();
    assertThat(runs).hasSize(1);
    return runs.get(0).spec();
  }

  List<String> names(String yaml, String... overrides) {
    return load(yaml, overrides).runs().stream().map(PlannedRun::run).toList();
  }
}
