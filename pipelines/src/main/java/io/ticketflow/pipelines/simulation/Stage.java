package io.ticketflow.pipelines.simulation;

import java.util.List;

/**
 * Works that depend on no other of the stage, and that all must be done before the next stage.
 *
 * @param phase of the cycle: before its particles, the particles, after them
 */
public record Stage(int cycle, Phase phase, List<Work> works) {
  /** The cycle of what looks back at all of them: pools, ensembles, measures. */
  static final int ALL_CYCLES = Integer.MAX_VALUE;

  public Stage {
    works = List.copyOf(works);
  }

  /** The parts of a cycle, in their order. */
  public enum Phase {
    /** The training to the matching ticket; pruning before the first particles. */
    BEFORE,
    /** The trainings of particles, each with the evaluation of its network. */
    PARTICLES,
    /** The mean, its recalibration, its measures, and the pruning that makes the next ticket. */
    AFTER
  }
}
