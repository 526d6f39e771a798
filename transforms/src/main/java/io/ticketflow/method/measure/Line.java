package io.ticketflow.method.measure;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line between two networks.
 *
 * @param about the solution whose cycle it is told of
 */
record Line(MergedRecord about, NamedNetwork first, NamedNetwork second) {
  /** Between every two particles. */
  static List<Line> ofParticles(List<MergedRecord> group) {
    List<Line> lines = new ArrayList<>();
    MergedRecord solution = group.get(0);
    List<NamedNetwork> particles = particles(solution);
    for (int a = 0; a < particles.size(); a++) {
      for (int b = a + 1; b < particles.size(); b++) {
        lines.add(new Line(solution, particles.get(a), particles.get(b)));
      }
    }
    return lines;
  }

  /** From the ticket to the solution. */
  static List<Line> fromTicket(List<MergedRecord> group) {
    MergedRecord solution = group.get(0);
    if (solution.getRun().getInput() != null) {
      return List.of(); // tickets stay where they were trained
    }
    NamedNetwork ticket =
        new NamedNetwork(
            "ticket", solution.getTicket().getWeights(), solution.getTicket().getMask(), null);
    return List.of(new Line(solution, ticket, solution(solution)));
  }

  /** From each solution to the next one of its run. */
  static List<Line> ofCycles(List<MergedRecord> group) {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i < group.size(); i++) {
      MergedRecord here = group.get(i - 1);
      MergedRecord next = group.get(i);
      lines.add(new Line(here, ofCycle(here), ofCycle(next)));
    }
    return lines;
  }

  /** Between every two runs. */
  static List<Line> ofRuns(List<MergedRecord> group) {
    List<Line> lines = new ArrayList<>();
    for (int a = 0; a < group.size(); a++) {
      for (int b = a + 1; b < group.size(); b++) {
        MergedRecord here = group.get(a);
        MergedRecord other = group.get(b);
        lines.add(new Line(here, ofRun(here), ofRun(other)));
      }
    }
    return lines;
  }

  /** A solution's particles; none where it was found in another output. */
  static List<NamedNetwork> particles(MergedRecord solution) {
    List<NamedNetwork> named = new ArrayList<>();
    if (solution.getRun().getInput() == null) {
      for (int i = 0; i < solution.getParticles().size(); i++) {
        named.add(network("particle " + i, solution.getParticles().get(i)));
      }
    }
    return named;
  }

  /** A solution under the name that rows of single networks have for it. */
  static NamedNetwork solution(MergedRecord solution) {
    return network("solution", solution.getWeights());
  }

  /** A solution among others of its run. */
  static NamedNetwork ofCycle(MergedRecord solution) {
    int cycle = solution.getTicket().getCycle();
    return network(String.format(Locale.ROOT, "cycle %02d", cycle), solution.getWeights());
  }

  /** A solution among those of other runs. */
  static NamedNetwork ofRun(MergedRecord solution) {
    return network(solution.getRun().getRun(), solution.getWeights());
  }

  private static NamedNetwork network(String name, ArtifactRef weights) {
    return new NamedNetwork(name, weights, null, null);
  }
}
