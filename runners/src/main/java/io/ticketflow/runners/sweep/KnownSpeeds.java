package io.ticketflow.runners.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How fast trainings were when they were last tried here, so that each plan need not try them
 * again. They are a help only: a file that is missing, damaged or not to be written means that
 * speeds are tried.
 */
public final class KnownSpeeds {
  /** After that time a speed is tried again. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String version;
  private final Instant now;
  private final Map<String, Speed> speeds;

  /**
   * @param rate in images a second
   * @param tried milliseconds since 1970 began
   */
  private record Speed(double rate, long tried) {}

  /**
   * @param version of the program
   */
  KnownSpeeds(Path file, String version, Instant now) {
    this.file = file;
    this.version = version;
    this.now = now;
    this.speeds = read();
  }

  /** Those of this user. */
  public static KnownSpeeds ofUser(String version) {
    return new KnownSpeeds(
        Path.of(System.getProperty("user.home"), ".ticketflow", "speeds.json"),
        version,
        Instant.now());
  }

  /**
   * How fast a run's trainings are on such devices, in images a second: as it is known, or else by
   * a trial, which is known from then on.
   */
  double of(RunSpec run, DevicePolicy devices, ToDoubleFunction<RunSpec> trial) {
    String key = key(run, devices);
    Speed known = speeds.get(key);
    if (known != null) {
      return known.rate();
    }
    Speed speed = new Speed(trial.applyAsDouble(run), now.toEpochMilli());
    speeds.put(key, speed);
    keep(key, speed);
    return speed.rate();
  }

  /** Of these runs one for each speed that is not known. */
  List<RunSpec> lacking(Collection<RunSpec> runs, DevicePolicy devices) {
    Map<String, RunSpec> byKey = new LinkedHashMap<>();
    runs.forEach(run -> byKey.putIfAbsent(key(run, devices), run));
    byKey.keySet().removeAll(speeds.keySet());
    return List.copyOf(byKey.values());
  }

  /** What a speed depends on: machine, JVM, program, devices, network and its steps. */
  private String key(RunSpec run, DevicePolicy devices) {
    return CanonicalJson.digest(
        List.of(
            ThisProcess.host(),
            Processor.name(),
            Runtime.version().toString(),
            incubating(),
            version,
            devices,
            SpeedProbe.decisive(run)));
  }

  /** Among them the module of vectors, without which engine java is many times slower. */
  private static List<String> incubating() {
    return ModuleLayer.boot().modules().stream()
        .map(Module::getName)
        .filter(name -> name.startsWith("jdk.incubator."))
        .sorted()
        .toList();
  }

  /** Beside what other plans have kept meanwhile. */
  private void keep(String key, Speed speed) {
    Map<String, Speed> all = read();
    all.put(key, speed);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, JSON.writeValueAsString(all));
    } catch (IOException e) {
      return; // the next plan tries again
    }
  }

  /** Those that may be used: none of a file that is missing or damaged. */
  private Map<String, Speed> read() {
    Map<String, Speed> usable = new TreeMap<>();
    try {
      JsonNode all = Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
      for (Map.Entry<String, JsonNode> entry : all.properties()) {
        JsonNode values = entry.getValue();
        Speed speed = new Speed(values.path("rate").asDouble(), values.path("tried").asLong());
        if (isUsable(speed)) {
          usable.put(entry.getKey(), speed);
        }
      }
    } catch (IOException e) {
      return new TreeMap<>();
    }
    return usable;
  }

  private boolean isUsable(Speed speed) {
    long age = now.toEpochMilli() - speed.tried();
    return speed.rate() > 0 && age >= 0 && age < KEPT.toMillis();
  }
}
