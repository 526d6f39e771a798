package io.ticketflow.method.measure;

import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec.Name;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tasks, as surveys make them. */
final class Tasks {
  private Tasks() {}

  /** One task about a solution's particles; none where there are not several. */
  static List<MeasureTask> ofParticles(Name name, MergedRecord about) {
    List<NamedNetwork> particles = Line.particles(about);
    return particles.size() < 2 ? List.of() : List.of(of(name, about, particles));
  }

  /** A task a line. */
  static List<MeasureTask> ofLines(Name name, List<Line> lines) {
    return lines.stream()
        .map(line -> of(name, line.about(), List.of(line.first(), line.second())))
        .toList();
  }

  /** A task about a solution; its action's key is added where it is known. */
  static MeasureTask of(Name name, MergedRecord about, List<NamedNetwork> networks) {
    return new MeasureTask(about.getRun(), about.getTicket(), "", name.label(), networks, 0);
  }

  /** A task for each of its parts. */
  static Stream<MeasureTask> inParts(MeasureTask task, int parts) {
    return IntStream.range(0, parts)
        .mapToObj(part -> MeasureTask.newBuilder(task).setPart(part).build());
  }
}
