package io.ticketflow.runners.sweep;

import io.ticketflow.action.prune.PruningAction;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.method.measure.Surveys;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.RunRecords;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.Location;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An experiment that can be trained: its data are there and whole, its networks fit them.
 *
 * @param experiment its runs' data carry the digest of their content
 * @param records the same runs as the pipeline takes them
 * @param engines a sentence on what auto chose; empty where no run leaves its engine open
 */
public record Prepared(Experiment experiment, List<RunRecord> records, List<String> engines) {
  public Prepared {
    records = List.copyOf(records);
    engines = List.copyOf(engines);
  }

  /**
   * Reads the file, every data set and every network; writes nothing.
   *
   * @param devices that it will be trained on
   * @throws io.ticketflow.spec.UserException in one sentence that names file, key or data set
   */
  public static Prepared of(Experiment experiment, DevicePolicy devices) {
    return CheckedRuns.of(experiment, devices).prepared();
  }

  /** An experiment of these runs, which were asked for so. */
  static Prepared of(Experiment experiment, List<PlannedRun> runs) {
    return new Prepared(
        new Experiment(experiment.name(), runs, experiment.resolved()),
        RunRecords.of(runs),
        engines(experiment.runs(), runs));
  }

  /** The engines that its runs need. */
  public Set<EngineName> needs() {
    return experiment.runs().stream()
        .map(PlannedRun::spec)
        .flatMap(
            spec ->
                Stream.concat(PruningAction.engines(spec).stream(), Surveys.engines(spec).stream()))
        .collect(Collectors.toSet());
  }

  /** What a user should know before this is trained: a sentence each. */
  public List<String> notices() {
    List<String> all = new ArrayList<>(experiment.notices());
    all.addAll(engines);
    return all;
  }

  private static List<String> engines(List<PlannedRun> asked, List<PlannedRun> chosen) {
    Map<EngineName, Long> counts = new TreeMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).spec().training().engine() == EngineName.AUTO) {
        counts.merge(chosen.get(i).spec().training().engine(), 1L, Long::sum);
      }
    }
    if (counts.isEmpty()) {
      return List.of();
    }
    return List.of(
        "Engine auto: "
            + counts.entrySet().stream()
                .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " for " + runs(e.getValue()))
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static String runs(long count) {
    return count == 1 ? "1 run" : count + " runs";
  }

  /** Each run's specification, by its name. */
  Map<String, RunSpec> specs() {
    return records.stream().collect(Collectors.toMap(RunRecord::getRun, Specs::of));
  }

  /** Where the results go unless the user says: out/NAME below the current folder. */
  public static Location defaultOutput(Experiment experiment) {
    String name = experiment.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    return new Location("out/" + (name.replaceAll("^\\.+", "").isEmpty() ? "experiment" : name));
  }
}
