package io.ticketflow.runners.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where a job is, in words. */
public final class JobPhase {
  private static final Pattern CYCLE = Pattern.compile("Cycle ?(\\d+) ?/ ?([A-Z][a-z]+).*");

  /** Words for a cycle's steps. */
  private static final Map<String, String> STEPS =
      Map.of(
          "Train", "training",
          "Average", "averaging",
          "Measure", "measuring",
          "Rounds", "training in rounds",
          "Prune", "pruning");

  private static final String TRAINING = "training, each run in a cycle of its own";

  private JobPhase() {}

  /** Such as "cycle 3 of 10: averaging", of the step that is furthest; empty if none works. */
  public static Optional<String> of(JobDetails job) {
    if (job.state() != JobState.RUNNING) {
      return Optional.of("job " + job.state().word());
    }
    List<Vertex> vertices = job.vertices();
    int last = vertices.stream().flatMapToInt(v -> cycle(v.name())).max().orElse(0);
    Optional<String> working =
        vertices.stream()
            .filter(Vertex::isRunning)
            .map(Vertex::name)
            .reduce((first, second) -> second)
            .map(name -> phase(name, last));
    return working.or(
        () ->
            vertices.stream()
                .filter(vertex -> vertex.status().equals("SCHEDULED"))
                .findFirst()
                .map(vertex -> "waiting for a free slot"));
  }

  private static String phase(String name, int last) {
    Matcher cycle = CYCLE.matcher(name);
    if (cycle.matches()) {
      return "cycle "
          + Integer.parseInt(cycle.group(1))
          + " of "
          + last
          + ": "
          + STEPS.getOrDefault(cycle.group(2), "between steps");
    }
    if (name.startsWith("WriteTables")) {
      return "writing tables";
    }
    return name.startsWith("Pools") || name.startsWith("Ensembles")
        ? "measuring solutions together"
        : TRAINING;
  }

  private static IntStream cycle(String name) {
    Matcher cycle = CYCLE.matcher(name);
    return cycle.matches() ? IntStream.of(Integer.parseInt(cycle.group(1))) : IntStream.empty();
  }
}
