package io.ticketflow.method.measure;

import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec.Name;
import io.ticketflow.spec.RunSpec;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every measure that {@code measure.take} can name, and how it works. */
public final class Surveys {
  private static final Map<Name, Survey<?>> ALL =
      Stream.of(
              new Barriers(Name.PARTICLE_BARRIERS, Groups::cycle, Line::ofParticles),
              new Barriers(Name.TICKET_BARRIERS, Groups::cycle, Line::fromTicket),
              new Barriers(Name.CYCLE_BARRIERS, Groups::run, Line::ofCycles),
              new Barriers(Name.METHOD_BARRIERS, Groups::comparable, Line::ofRuns),
              new Planes(Name.PARTICLE_PLANES, Groups::cycle, Corners::ofParticles),
              new Planes(Name.CYCLE_PLANES, Groups::run, Corners::ofCycles),
              new Planes(Name.METHOD_PLANES, Groups::comparable, Corners::ofRuns),
              new Hull(),
              new Differences(),
              new Sharpness(),
              new Confidence(),
              new Agreements(Name.PARTICLE_SIGNS, Groups::cycle, Line::ofParticles),
              new Agreements(Name.TICKET_SIGNS, Groups::cycle, Line::fromTicket),
              new Agreements(Name.CYCLE_MASKS, Groups::run, Line::ofCycles),
              new Agreements(Name.METHOD_MASKS, Groups::comparable, Line::ofRuns),
              new Units(),
              new FirstLayer(),
              new Corruptions())
          .collect(Collectors.toMap(Survey::name, Function.identity()));

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
