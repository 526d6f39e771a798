package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says about bytes, hours and cost. */
class PlannedBytesTest {
  @TempDir Path folder;

  @Test
  void countsKeptWeightsAndBitsOfMasks() throws IOException {
    Prepared prepared = prepared("methods: [imp]\npruning: {densities: [0.5]}");
    // LeNet-300-100 on 28×28: 266,200 weights, 410 biases. Dense: the initialisation, the
    // particle's
    // weights and their mean are one artifact each of 4 · 266,610 + 33,275 bytes; the pruned ones
    // have 133,100 weights. No BatchNorm, so nothing is made anew. A mask a cycle: 33,275.
    long dense = 4 * 266_610 + 33_275;
    long half = 4 * (133_100 + 410) + 33_275;
    Plan plan = Plan.of(prepared.records(), place());
    long masks = 2 * 33_275;
    long bytes = new PlannedBytes(prepared).of(plan);
    long tickets = (bytes - masks) % (dense + half);
    assertThat(tickets)
        .as("whole networks of each density, and one initialisation")
        .isEqualTo(dense);
  }

  @Test
  void pricesDeviceHours() throws IOException {
    Prepared prepared = prepared("methods: [imp]\npruning: {cycles: 1}");
    Plan plan = Plan.of(prepared.records(), place());
    Estimate estimate =
        new Estimate(
            prepared,
            List.of(),
            new SpeedTrials(
                place(), new KnownSpeeds(folder.resolve("speeds.json"), "test", Instant.now())));
    double hours = (estimate.seconds(plan, 1) - 5) / 3600; // all but the start
    String cost =
        estimate.lines(plan, 2, Optional.of(1000.0)).stream()
            .filter(line -> line.startsWith("cost "))
            .findFirst()
            .orElseThrow();
    assertThat(cost).endsWith(" at 1000 a device-hour");
    assertThat(Double.parseDouble(cost.replaceFirst("^\\S+ +(\\S+).*", "$1")))
        .isCloseTo(1000 * hours, within(60 * hours));
    assertThat(estimate.lines(plan, 2, Optional.empty()))
        .noneMatch(line -> line.startsWith("cost"));
  }

  private Prepared prepared(String yaml) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, yaml + "\ndata: {train: 300, test: 200}\ntraining: {epochs: 1}\n");
    return Prepared.of(Experiment.load(file, List.of()), DevicePolicy.CPU);
  }

  private Workplace place() {
    return new Workplace(folder.resolve("out").toString());
  }
}
