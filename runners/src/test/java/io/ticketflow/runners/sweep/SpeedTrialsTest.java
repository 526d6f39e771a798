package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedTrialsTest {
  @TempDir Path folder;
  private List<RunSpec> runs = List.of();

  @BeforeEach
  void runs() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            methods: [imp, imp-sam, swamp]
            seeds: [1, 2]
            axes: {model.name: [lenet-300-100, lenet-5]}
            data: {train: 200, test: 100}
            training: {epochs: 2, batchSize: 8}
            """);
    runs = CheckedRuns.of(Experiment.load(file, List.of()), DevicePolicy.CPU).specs();
  }

  @Test
  void runsOfAlikeStepsShareOneTrial() throws IOException {
    assertThat(runs).hasSize(12);
    Set<Double> found = new HashSet<>();
    try (SpeedTrials trials = trials(DevicePolicy.CPU)) {
      trials.warmUp(runs);
      runs.forEach(run -> found.add(trials.imagesPerSecond(run)));
    }
    assertThat(found).hasSize(2).allMatch(rate -> rate > 10); // one a network
    assertThat(new JsonMapper().readTree(speeds().toFile())).hasSize(2);

    Set<Double> again = new HashSet<>();
    try (SpeedTrials trials = trials(DevicePolicy.CPU)) {
      runs.forEach(run -> again.add(trials.imagesPerSecond(run)));
    }
    assertThat(again).isEqualTo(found);
  }

  /** An image takes LeNet-5, which has convolutions, several times as long. */
  @Test
  void ofNetworksTheSmallerIsFaster() {
    List<Double> rates = new ArrayList<>();
    try (SpeedTrials trials = trials(DevicePolicy.CPU)) {
      for (String network : List.of("lenet-300-100", "lenet-5")) {
        rates.add(
            trials.imagesPerSecond(
                runs.stream()
                    .filter(run -> run.model().name().equals(network))
                    .findFirst()
                    .orElseThrow()));
      }
    }
    assertThat(rates.get(0)).isGreaterThan(rates.get(1));
  }

  @Test
  void whatFailsWhileItIsMadeReadyFailsInTheTrialAndOnlyThere() {
    try (SpeedTrials trials = trials(DevicePolicy.of("gpu:15", true, 1))) {
      trials.warmUp(runs);
      assertThatThrownBy(() -> trials.imagesPerSecond(runs.get(0)))
          .isInstanceOf(UserException.class);
    }
    assertThat(speeds()).doesNotExist();
  }

  private SpeedTrials trials(DevicePolicy devices) {
    return new SpeedTrials(
        new Workplace(folder.resolve("out").toString(), devices, CheckpointPolicy.DEFAULT),
        new KnownSpeeds(speeds(), "test", Instant.now()));
  }

  private Path speeds() {
    return folder.resolve("speeds.json");
  }
}
