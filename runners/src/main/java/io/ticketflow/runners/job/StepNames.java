package io.ticketflow.runners.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;

/**
 * Names of a job's steps that say what they do: a step is a chain of the pipeline's transforms, and
 * Beam and Flink call it by all of them and by how they are made.
 */
final class StepNames {
  /** How a transform is made, which its own name says already. */
  private static final Pattern MAKING =
      Pattern.compile("/ParMultiDo\\([^)]*\\)|/Read\\([^)]*\\)|/AddKeys/Map|/Values/Map|^Source: ");

  private static final Pattern LINK = Pattern.compile("\\s*(?:->|[(),])\\s*");

  /** What only prepares or unpacks a shuffle. */
  private static final Pattern PLUMBING =
      Pattern.compile("concatenate|Combine: .*|.*/KeyBy\\w+|.*/Merged");

  private StepNames() {}

  static void apply(JobGraph graph) {
    for (JobVertex vertex : graph.getVertices()) {
      String name = of(vertex.getName());
      vertex.setName(name);
      vertex.setOperatorPrettyName(name);
    }
  }

  /** Such as "Cycle03 / Train / TrainParticle", or "Cycle03 / Average, Prune" for two in one. */
  static String of(String chain) {
    String made = MAKING.matcher(chain).replaceAll("");
    List<String> transforms =
        LINK.splitAsStream(made).filter(transform -> !transform.isBlank()).toList();
    List<String> kept = transforms.stream().filter(t -> !PLUMBING.matcher(t).matches()).toList();
    StringBuilder name = new StringBuilder();
    String stage = "";
    for (String transform : kept.isEmpty() ? transforms.subList(0, 1) : kept) {
      List<String> parts = parts(transform);
      if (name.isEmpty()) {
        name.append(String.join(" / ", parts));
      } else {
        boolean same = parts.get(0).equals(stage);
        List<String> shown = same && parts.size() > 1 ? parts.subList(1, parts.size()) : parts;
        name.append(", ").append(String.join(" / ", shown));
      }
      stage = parts.get(0);
    }
    return name.toString();
  }

  /** The names from the outermost transform to the innermost, without one that repeats itself. */
  private static List<String> parts(String transform) {
    List<String> parts = new ArrayList<>();
    Arrays.stream(transform.split("/"))
        .filter(part -> parts.isEmpty() || !parts.get(parts.size() - 1).equals(part))
        .forEach(parts::add);
    return parts;
  }
}
