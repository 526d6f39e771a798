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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSpeedsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String A = "model: {name: lenet-300-100}";
  private static final String B = "model: {name: lenet-5}";

  @TempDir Path home;
  private Path file;
  private final AtomicInteger trials = new AtomicInteger();

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("of/the/user/speeds.json");
  }

  @Test
  void aSpeedIsKnownForAWeek() throws IOException {
    assertThat(speed(A, Duration.ZERO, 120.5)).isEqualTo(120.5);
    assertThat(speed(B, Duration.ofDays(1), 7)).isEqualTo(7);
    assertThat(speed(A, Duration.ofDays(7).minusMillis(1), 99)).isEqualTo(120.5);
    assertThat(speed(A, Duration.ofDays(7), 99)).isEqualTo(99);
    assertThat(speed(B, Duration.ofDays(7), 99)).isEqualTo(7);
  }

  @Test
  void aClockThatWasAheadMakesNoSpeedLastForEver() throws IOException {
    speed(A, Duration.ofDays(1000), 5);
    assertThat(speed(A, Duration.ZERO, 6)).isEqualTo(6);
  }

  @Test
  void whatTimeHasPassedIsNotKept() throws IOException {
    speed(A, Duration.ZERO, 1.5);
    speed(B, Duration.ofDays(8), 2.5);
    assertThat(file).content().contains("2.5").doesNotContain("1.5");
  }

  @Test
  void whatAnotherPlanKeepsMeanwhileStays() throws IOException {
    KnownSpeeds first = at(Duration.ZERO);
    speed(B, Duration.ZERO, 3);
    first.of(run(A, DevicePolicy.CPU), DevicePolicy.CPU, run -> 2);
    assertThat(speed(B, Duration.ZERO, 99)).isEqualTo(3);
    assertThat(speed(A, Duration.ZERO, 99)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": {\"rate\": 5", "", "null", "[1]", "{\"a\": null, \"b\": 3}"})
  void aDamagedFileIsAsGoodAsNone(String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertThat(speed(A, Duration.ZERO, 6)).isEqualTo(6);
    assertThat(speed(A, Duration.ZERO, 99)).isEqualTo(6);
  }

  @Test
  void aFileThatCannotBeWrittenIsTriedForOnceAPlan() throws IOException {
    Files.writeString(home.resolve("of"), "a file where a folder should be");
    KnownSpeeds plan = at(Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      RunSpec run = run(A, DevicePolicy.CPU);
      assertThat(plan.of(run, DevicePolicy.CPU, any -> 5 + trials.getAndIncrement())).isEqualTo(5);
    }
    assertThat(speed(A, Duration.ZERO, 6)).isEqualTo(6);
  }

  @Test
  void networksEnginesDevicesAndVersionsHaveSpeedsOfTheirOwn() throws IOException {
    Set<Double> found = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      found.add(trial("", DevicePolicy.CPU, "1"));
      found.add(trial("seeds: [9]\npruning: {rate: 0.3}", DevicePolicy.CPU, "1"));
      found.add(trial("data: {seed: 9, train: 600, test: 100}", DevicePolicy.CPU, "1"));
    }
    assertThat(found).hasSize(1);
    found.add(trial("model: {name: lenet-5}", DevicePolicy.CPU, "1"));
    found.add(trial("training: {batchSize: 32}", DevicePolicy.CPU, "1"));
    found.add(trial("data: {crop: 2}", DevicePolicy.CPU, "1"));
    found.add(trial("data: {channels: 3}", DevicePolicy.CPU, "1"));
    found.add(trial("training: {engine: java}", DevicePolicy.CPU, "1"));
    found.add(trial("training: {engine: java}", DevicePolicy.CPU.withThreads(2), "1"));
    found.add(trial("", DevicePolicy.CPU, "2"));
    assertThat(found).hasSize(8);
  }

  @Test
  void ofRunsWithOneUnknownSpeedOneIsLacking() throws IOException {
    speed(B, Duration.ZERO, 3);
    RunSpec unknown = run(A, DevicePolicy.CPU);
    RunSpec alike = run(A + "\nseeds: [2]", DevicePolicy.CPU);
    RunSpec known = run(B, DevicePolicy.CPU);
    KnownSpeeds plan = at(Duration.ZERO);
    assertThat(plan.lacking(List.of(known, unknown, alike), DevicePolicy.CPU))
        .containsExactly(unknown);
    assertThat(at(Duration.ofDays(8)).lacking(List.of(known, alike), DevicePolicy.CPU))
        .containsExactly(known, alike);
  }

  /** The number of the trial that the speed comes from. */
  private double trial(String yaml, DevicePolicy devices, String version) throws IOException {
    return new KnownSpeeds(file, version, NOW)
        .of(run(yaml, devices), devices, run -> trials.incrementAndGet());
  }

  /** As it is known then, or as a trial would find it. */
  private double speed(String yaml, Duration later, double tried) throws IOException {
    return at(later).of(run(yaml, DevicePolicy.CPU), DevicePolicy.CPU, run -> tried);
  }

  private RunSpec run(String yaml, DevicePolicy devices) throws IOException {
    Path experiment = home.resolve("x.yaml");
    Files.writeString(experiment, "methods: [imp]\n" + yaml + "\n");
    return Prepared.of(Experiment.load(experiment, List.of()), devices)
        .specs()
        .values()
        .iterator()
        .next();
  }

  private KnownSpeeds at(Duration later) {
    return new KnownSpeeds(file, "1", NOW.plus(later));
  }
}
