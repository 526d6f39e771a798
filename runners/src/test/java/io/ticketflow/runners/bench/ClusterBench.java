package io.ticketflow.runners.bench;

import io.ticketflow.runners.job.JobDetails;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a cluster's job costs beside its trainings. */
public final class ClusterBench {
  private ClusterBench() {}

  /**
   * Prints the figures of a job that is done and that its cluster still knows.
   *
   * @param args the output, the slots that the job had
   */
  public static void main(String[] args) throws IOException {
    Location output = new Location(args[0]);
    int slots = Integer.parseInt(args[1]);
    SubmittedJob job = SubmittedJob.read(output.blobs()).orElseThrow();
    JobDetails details = job.cluster().details(job.job()).orElseThrow();
    List<CostRow> costs = Outcome.costs(output);
    Map<String, Double> seconds =
        costs.stream()
            .filter(row -> !row.getCached())
            .collect(
                Collectors.groupingBy(
                    CostRow::getKind, TreeMap::new, Collectors.summingDouble(CostRow::getSeconds)));
    int cycles = 1 + costs.stream().mapToInt(CostRow::getCycle).max().orElse(0);
    double wall = details.durationMillis() / 1000.0;
    double training = seconds.getOrDefault("train", 0.0) / slots;
    print("steps of the job", details.vertices().size());
    print("job, s", wall);
    seconds.forEach((kind, sum) -> print("  " + kind + ", s of all slots", sum));
    print("trainings on " + slots + " slots, s", training);
    print("over the trainings, s a cycle of " + cycles, (wall - training) / cycles);
    double work = seconds.values().stream().mapToDouble(Double::doubleValue).sum() / slots;
    print("beside all that is measured here, s a cycle", (wall - work) / cycles);
    steps(details)
        .forEach((step, sum) -> print("  between begin and end of " + step, sum / cycles));
  }

  /** Seconds of the steps, those of all cycles together. */
  private static Map<String, Double> steps(JobDetails details) {
    return details.vertices().stream()
        .filter(vertex -> vertex.startMillis() > 0)
        .collect(
            Collectors.groupingBy(
                vertex -> vertex.name().replaceAll("Cycle\\d+", "Cycle"),
                TreeMap::new,
                Collectors.summingDouble(vertex -> vertex.durationMillis() / 1000.0)));
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-80s %8.2f%n", what, value);
  }
}
