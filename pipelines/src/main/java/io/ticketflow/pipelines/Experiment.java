package io.ticketflow.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.experiment.Differences;
import io.ticketflow.pipelines.experiment.ExperimentFile;
import io.ticketflow.pipelines.experiment.Notices;
import io.ticketflow.pipelines.experiment.Overrides;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.PrintedConfig;
import io.ticketflow.pipelines.experiment.Resolved;
import io.ticketflow.pipelines.experiment.Runs;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An experiment: its runs, and the configuration they follow from with nothing left open.
 *
 * @param runs method by method, for each the points of the axes, for each the seeds
 * @param resolved name, methods, seeds, axes and configuration, in the form of an experiment's file
 */
public record Experiment(String name, List<PlannedRun> runs, JsonNode resolved) {
  public Experiment {
    runs = List.copyOf(runs);
  }

  /**
   * The experiment of a file. Of a key's values, the first holds of: the axis' value, the method
   * entry's, the method's preset's, the file's body's, the default.
   *
   * @param overrides {@code key=value}, the value as YAML, in place of what the file's body says;
   *     {@code methods.LABEL.key=value} in place of what that method's entry says
   * @throws UserException in one sentence that names file or override, key and value
   */
  public static Experiment load(Path file, List<String> overrides) {
    Overrides parsed = Overrides.parse(overrides);
    ExperimentFile read = ExperimentFile.read(file, parsed);
    return new Experiment(read.name(), Runs.of(read, parsed), Resolved.tree(read));
  }

  /**
   * The experiment of a file as YAML, line by line: every key with its value and, in a comment, the
   * source of the value. The lines are a file that {@link #load} reads as the same runs.
   */
  public static List<String> printed(Path file, List<String> overrides) {
    return PrintedConfig.of(ExperimentFile.read(file, Overrides.parse(overrides)));
  }

  /** SHA-256, in hexadecimal, of the runs' names and specifications, wherever their data lie. */
  public String digest() {
    return CanonicalJson.digest(
        runs.stream()
            .map(
                run ->
                    List.of(run.run(), run.method(), run.variant(), run.spec().withoutLocations()))
            .toList());
  }

  /** What a user should know before this is trained: a sentence each. Reads the runs' data. */
  public List<String> notices() {
    return Notices.of(resolved, runs);
  }

  /** {@link #toYaml(Map)} without versions. */
  public String toYaml() {
    return toYaml(Map.of());
  }

  /**
   * The resolved experiment: a file that {@link #load} reads as the same runs, and that tells under
   * {@code resolved} its digest, versions, and each run's specification. Equal experiments give
   * equal text.
   *
   * @param versions of Ticketflow and of what it computes with, such as beam to 2.70.0
   */
  public String toYaml(Map<String, String> versions) {
    ObjectNode tree = resolved.deepCopy();
    ObjectNode facts = tree.putObject("resolved").put("digest", digest());
    ObjectNode versionFacts = facts.putObject("versions");
    new TreeMap<>(versions).forEach(versionFacts::put);
    ArrayNode runFacts = facts.putArray("runs");
    for (PlannedRun run : runs) {
      ObjectNode fact = JsonNodeFactory.instance.objectNode();
      fact.put("run", run.run()).put("method", run.method()).put("variant", run.variant());
      fact.put("seed", run.seed());
      fact.set("spec", CanonicalJson.tree(run.spec()));
      runFacts.add(fact);
    }
    return Resolved.toYaml(tree);
  }

  /**
   * What differs between two resolved experiments, one phrase a key: {@code training.epochs is 10
   * there and 20 here}; the first six, and how many more. Where the data lie, versions and digests
   * do not count.
   */
  public static List<String> differences(String there, String here) {
    return differences(StoredExperiment.FILE, there, here);
  }

  /**
   * Likewise, of a file.
   *
   * @param file names the file that holds {@code there}, in messages
   * @throws UserException naming the file, if it does not hold what {@link #toYaml} writes
   */
  public static List<String> differences(String file, String there, String here) {
    return Differences.between(file, there, here);
  }
}
