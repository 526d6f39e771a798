package io.ticketflow.method.measure;

import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec.Name;
import java.util.List;

/** Tasks, as surveys make them. */
final class Tasks {
  private Tasks() {}

  /** One task about a solution's particles; none where there are not several. */
  static List<MeasureTask> ofParticles(Name name, MergedRecord about) {
    List<NamedNetwork> particles = Line.particles(about);
    return particles.size() < 2 ? List.of() : List.of(of(name, about, particles));
  }

  /** A task about a solution; its action's key is added where it is known. */
  static MeasureTask of(Name name, MergedRecord about, List<NamedNetwork> networks) {
    return new MeasureTask(about.getRun(), about.getTicket(), "", name.label(), networks);
  }
}
