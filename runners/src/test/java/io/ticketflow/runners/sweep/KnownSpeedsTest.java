package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSpeedsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path home;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("of/the/user/speeds.json");
  }

  @Test
  void aSpeedIsKnownForAWeek() {
    at(Duration.ZERO).keep("a", 120.5);
    at(Duration.ofDays(1)).keep("b", 7);
    assertThat(at(Duration.ofDays(7).minusMillis(1)).of("a")).hasValue(120.5);
    assertThat(at(Duration.ofDays(7)).of("a")).isEmpty();
    assertThat(at(Duration.ofDays(7)).of("b")).hasValue(7);
    assertThat(at(Duration.ZERO).of("c")).isEmpty();
  }

  @Test
  void aClockThatWasAheadMakesNoSpeedLastForEver() {
    at(Duration.ofDays(1000)).keep("a", 5);
    assertThat(at(Duration.ZERO).of("a")).isEmpty();
  }

  @Test
  void whatTimeHasPassedIsNotKept() throws IOException {
    at(Duration.ZERO).keep("old", 1);
    at(Duration.ofDays(8)).keep("new", 2);
    assertThat(file).content().contains("new").doesNotContain("old");
  }

  @Test
  void aDamagedFileIsAsGoodAsNone() throws IOException {
    at(Duration.ZERO).keep("a", 5);
    Files.writeString(file, "{\"a\": {\"rate\": 5");
    assertThat(at(Duration.ZERO).of("a")).isEmpty();
    at(Duration.ZERO).keep("b", 6);
    assertThat(at(Duration.ZERO).of("b")).hasValue(6);
  }

  @Test
  void aFileThatCannotBeWrittenStopsNothing() throws IOException {
    Files.writeString(home.resolve("of"), "a file where a folder should be");
    at(Duration.ZERO).keep("a", 5);
    assertThat(at(Duration.ZERO).of("a")).isEmpty();
  }

  @Test
  void networksEnginesDevicesAndVersionsHaveSpeedsOfTheirOwn() throws IOException {
    String plain = key("", DevicePolicy.CPU, "1");
    assertThat(key("seeds: [9]\npruning: {rate: 0.3}", DevicePolicy.CPU, "1")).isEqualTo(plain);
    assertThat(
            List.of(
                key("model: {name: lenet-5}", DevicePolicy.CPU, "1"),
                key("training: {batchSize: 32}", DevicePolicy.CPU, "1"),
                key("training: {engine: java}", DevicePolicy.CPU, "1"),
                key("training: {engine: java}", DevicePolicy.CPU.withThreads(2), "1"),
                key("", DevicePolicy.CPU, "2")))
        .doesNotContain(plain)
        .doesNotHaveDuplicates();
  }

  private String key(String yaml, DevicePolicy devices, String version) throws IOException {
    Path experiment = home.resolve("x.yaml");
    Files.writeString(experiment, "methods: [imp]\n" + yaml + "\n");
    RunSpec spec =
        Prepared.of(Experiment.load(experiment, List.of()), devices)
            .specs()
            .values()
            .iterator()
            .next();
    return KnownSpeeds.key(spec, devices, version);
  }

  private KnownSpeeds at(Duration later) {
    return new KnownSpeeds(file, NOW.plus(later));
  }
}
