package io.ticketflow.runners.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.device.Processor;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How fast trainings were when they were last tried here, so that each plan need not try them
 * again. They are a help only: a file that is missing, damaged or not to be written means that
 * speeds are tried.
 */
public final class KnownSpeeds {
  /** From then on a speed is tried again. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, Speed>> SPEEDS = new TypeReference<>() {};

  private final Path file;
  private final Instant now;

  /**
   * @param rate in images a second
   * @param tried milliseconds since 1970 began
   */
  private record Speed(double rate, long tried) {}

  KnownSpeeds(Path file, Instant now) {
    this.file = file;
    this.now = now;
  }

  /** Those of this user. */
  public static KnownSpeeds ofUser() {
    return new KnownSpeeds(
        Path.of(System.getProperty("user.home"), ".ticketflow", "speeds.json"), Instant.now());
  }

  /** What a speed depends on: the machine, its devices, the program, the network and its steps. */
  static String key(RunSpec spec, DevicePolicy devices, String version) {
    return CanonicalJson.digest(
        List.of(
            ThisProcess.host(),
            Processor.name(),
            Runtime.version().toString(),
            version,
            devices,
            spec.model(),
            spec.data(),
            SpeedProbe.unmeasured(spec.training())));
  }

  /** In images a second; empty if it is not known, or was tried too long ago. */
  OptionalDouble of(String key) {
    Speed speed = read().get(key);
    return speed != null && speed.rate() > 0 && isFresh(speed)
        ? OptionalDouble.of(speed.rate())
        : OptionalDouble.empty();
  }

  /** From now on it is known. */
  void keep(String key, double rate) {
    Map<String, Speed> speeds = read();
    speeds.values().removeIf(speed -> !isFresh(speed));
    speeds.put(key, new Speed(rate, now.toEpochMilli()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, JSON.writeValueAsString(speeds));
    } catch (IOException e) {
      return; // the next plan tries again
    }
  }

  private boolean isFresh(Speed speed) {
    return speed.tried() <= now.toEpochMilli()
        && now.toEpochMilli() - speed.tried() < KEPT.toMillis();
  }

  private Map<String, Speed> read() {
    try {
      return Files.exists(file) ? JSON.readValue(file.toFile(), SPEEDS) : new TreeMap<>();
    } catch (IOException e) {
      return new TreeMap<>();
    }
  }
}
