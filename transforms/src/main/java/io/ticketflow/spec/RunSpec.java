package io.ticketflow.spec;

import static io.ticketflow.spec.SpecException.check;

import java.util.List;

/**
 * One run, resolved: a point in the space of methods, a seed, and the data it learns from.
 *
 * @param seed of every draw of the run
 * @param particles how many particles cycle 0, 1, … has; the last number holds for all later cycles
 */
public record RunSpec(
    long seed,
    DataSpec data,
    ModelSpec model,
    TrainingSpec training,
    PruningSpec pruning,
    List<Integer> particles,
    NextCycleSpec nextCycle,
    EvaluationSpec evaluation) {
  public RunSpec {
    particles = List.copyOf(particles);
    check(!particles.isEmpty(), "particles", "a number or a list of numbers", "nothing");
    for (int n : particles) {
      check(n >= 1 && n <= 1024, "particles", "from 1 to 1024", particles);
    }
  }

  /** N of a cycle. */
  public int particlesIn(int cycle) {
    return particles.get(Math.min(cycle, particles.size() - 1));
  }
}
