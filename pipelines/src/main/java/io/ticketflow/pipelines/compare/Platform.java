package io.ticketflow.pipelines.compare;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.Processor;
import io.ticketflow.schemas.CostRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an output was computed with and on. Engine, kind of device and processor may each decide the
 * last bits of a result.
 *
 * @param versions of Ticketflow, Beam and the engine's library (djl)
 * @param devices kinds of devices: cpu, gpu; empty if nothing was trained
 * @param processors of the machines that trained; empty in outputs of before they were noted
 */
public record Platform(
    SortedMap<String, String> versions, List<String> devices, List<String> processors) {
  private static final String ENGINE = "djl";

  public Platform {
    devices = List.copyOf(devices);
    processors = List.copyOf(processors);
  }

  /**
   * An output's.
   *
   * @param versions of what it was computed with
   */
  static Platform of(SortedMap<String, String> versions, Collection<CostRow> costs) {
    return new Platform(
        versions,
        distinct(costs.stream().map(row -> row.getDevice().replaceFirst(":.*", ""))),
        distinct(costs.stream().map(CostRow::getProcessor).filter(Objects::nonNull)));
  }

  /** This machine, if it trains on that device. */
  static Platform here(String engineVersion, Device device) {
    return new Platform(
        new TreeMap<>(Map.of(ENGINE, engineVersion)),
        List.of(device.isGpu() ? "gpu" : "cpu"),
        List.of(Processor.name()));
  }

  private static List<String> distinct(Stream<String> texts) {
    return texts.filter(text -> !text.isEmpty()).distinct().sorted().toList();
  }

  /** Whether equal trainings are promised equal bits on both. */
  boolean isLike(Platform other) {
    return devices.equals(other.devices)
        && processors.equals(other.processors)
        && Objects.equals(versions.get(ENGINE), other.versions.get(ENGINE));
  }

  /** Such as "cpu, AMD EPYC, AVX2; beam 2.70.0, djl 0.36.0". */
  public String text() {
    List<String> hardware = new ArrayList<>(devices);
    hardware.addAll(processors.isEmpty() ? List.of("processor not recorded") : processors);
    return String.join(", ", hardware)
        + "; "
        + String.join(
            ", ", versions.entrySet().stream().map(v -> v.getKey() + " " + v.getValue()).toList());
  }
}
