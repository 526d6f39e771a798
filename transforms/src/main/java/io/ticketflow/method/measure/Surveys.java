package io.ticketflow.method.measure;

import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec.Name;
import io.ticketflow.spec.RunSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every measure that {@code measure.take} can name, and how it works. */
public final class Surveys {
  private static final Map<Name, Survey<?>> ALL =
      new EnumMap<>(
          Map.of(
              Name.PARTICLE_BARRIERS,
              new Barriers(Name.PARTICLE_BARRIERS, Groups::cycle, Line::ofParticles),
              Name.TICKET_BARRIERS,
              new Barriers(Name.TICKET_BARRIERS, Groups::cycle, Line::fromTicket),
              Name.CYCLE_BARRIERS,
              new Barriers(Name.CYCLE_BARRIERS, Groups::run, Line::ofCycles),
              Name.METHOD_BARRIERS,
              new Barriers(Name.METHOD_BARRIERS, Groups::comparable, Line::ofRuns),
              Name.HULL,
              new Hull(),
              Name.DIVERSITY,
              new Differences(),
              Name.HESSIAN,
              new Sharpness(),
              Name.CALIBRATION,
              new Confidence()));

  private Surveys() {}

  /** The engines that a run's measures need. */
  public static Set<EngineName> engines(RunSpec spec) {
    return spec.measure().take().stream()
        .map(name -> of(name).engine(spec))
        .collect(Collectors.toSet());
  }

  /** The measure of that name. */
  public static Survey<?> of(Name name) {
    Survey<?> found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException("nothing is registered for " + name);
    }
    return found;
  }
}
