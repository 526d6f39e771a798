package io.ticketflow.method.measure;

import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import java.util.List;

/**
 * Three networks that a plane goes through.
 *
 * @param about the solution whose cycle it is told of
 */
record Corners(MergedRecord about, List<NamedNetwork> networks) {
  private static final int COUNT = 3;

  /** The first three particles of a cycle. */
  static List<Corners> ofParticles(List<MergedRecord> group) {
    MergedRecord solution = group.get(0);
    List<NamedNetwork> particles = Line.particles(solution);
    return particles.size() < COUNT
        ? List.of()
        : List.of(new Corners(solution, particles.subList(0, COUNT)));
  }

  /** The first, the middle and the last solution of a run. */
  static List<Corners> ofCycles(List<MergedRecord> group) {
    if (group.size() < COUNT) {
      return List.of();
    }
    int last = group.size() - 1;
    List<NamedNetwork> networks =
        List.of(
            Line.ofCycle(group.get(0)),
            Line.ofCycle(group.get(last / 2)),
            Line.ofCycle(group.get(last)));
    return List.of(new Corners(group.get(0), networks));
  }

  /** The first three runs, by name. */
  static List<Corners> ofRuns(List<MergedRecord> group) {
    return group.size() < COUNT
        ? List.of()
        : List.of(
            new Corners(group.get(0), group.subList(0, COUNT).stream().map(Line::ofRun).toList()));
  }
}
