package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured of a run's networks once all cycles are there; nothing is trained.
 *
 * @param take what is measured; empty = nothing
 * @param split whose images losses and errors are of
 * @param points of a line between two networks, both included
 * @param beyond how far a line goes on at either end, in lengths of it
 * @param grid points of a plane's grid on either side
 * @param hullPoints random points of a cycle's hull
 * @param hessianImages train images whose mean loss is differentiated twice; all if there are fewer
 * @param probes vectors of random signs that estimate a trace
 * @param iterations of the power method at most
 * @param corruptions of test images: labels, or main, extra or geometric for all of these
 * @param severities of each, from 1 to 5
 * @param corrupted folder with published corrupted images; empty = they are generated
 */
public record MeasureSpec(
    List<Name> take,
    Split split,
    int points,
    double beyond,
    int grid,
    int hullPoints,
    int hessianImages,
    int probes,
    int iterations,
    List<String> corruptions,
    List<Integer> severities,
    String corrupted) {
  /** Nothing, as long as nobody asks for it. */
  public static final MeasureSpec NONE =
      new MeasureSpec(
          List.of(),
          Split.TEST,
          30,
          0,
          15,
          50,
          1000,
          64,
          100,
          List.of("main"),
          List.of(1, 2, 3, 4, 5),
          "");

  private static final Set<Name> LINES =
      EnumSet.of(
          Name.PARTICLE_BARRIERS, Name.TICKET_BARRIERS, Name.CYCLE_BARRIERS, Name.METHOD_BARRIERS);

  private static final Set<Name> PLANES =
      EnumSet.of(Name.PARTICLE_PLANES, Name.CYCLE_PLANES, Name.METHOD_PLANES);

  private static final Set<Name> OF_PARTICLES =
      EnumSet.of(
          Name.PARTICLE_BARRIERS,
          Name.PARTICLE_PLANES,
          Name.PARTICLE_SIGNS,
          Name.HULL,
          Name.DIVERSITY);

  /** What can be measured. */
  public enum Name {
    /** The lines between every two particles of a cycle. */
    PARTICLE_BARRIERS,
    /** The line from a ticket to the solution of its cycle. */
    TICKET_BARRIERS,
    /** The line from a cycle's solution to the next one's. */
    CYCLE_BARRIERS,
    /** The lines between the solutions of every two runs of a seed in a cycle. */
    METHOD_BARRIERS,
    /** Losses on the plane through the first three particles of a cycle. */
    PARTICLE_PLANES,
    /** Losses on the plane through the first, the middle and the last solution of a run. */
    CYCLE_PLANES,
    /** Losses on the plane through the solutions of the first three runs of a seed in a cycle. */
    METHOD_PLANES,
    /** Random points of the convex hull of a cycle's particles. */
    HULL,
    /** How the particles of a cycle differ in weights and predictions. */
    DIVERSITY,
    /** Trace and largest eigenvalue of the train loss's Hessian at a cycle's solution. */
    HESSIAN,
    /** Temperature scaling and reliability of a cycle's solution, a particle and their ensemble. */
    CALIBRATION,
    /** Which signs every two particles of a cycle share. */
    PARTICLE_SIGNS,
    /** Which signs a solution has kept of its ticket's. */
    TICKET_SIGNS,
    /** Which entries and signs a cycle's solution shares with the next one. */
    CYCLE_MASKS,
    /** Which entries and signs the solutions of every two runs of a seed share in a cycle. */
    METHOD_MASKS,
    /** Units without input, FLOPs and bytes that a solution's mask leaves, layer by layer. */
    UNITS,
    /** Which pixels the first layer of a run's last solution takes. */
    FIRST_LAYER,
    /** Scores of a cycle's solution, and of a particle, on corrupted test images. */
    CORRUPTIONS;

    /** In settings and tables: particle-barriers and so on. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of that label. */
    public static Name of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Which images. */
  public enum Split {
    /** Those that networks learn from. */
    TRAIN,
    /** Those that choices are made by. */
    VALIDATION,
    /** Those that nothing is chosen by. */
    TEST;

    /** In tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public MeasureSpec {
    take = List.copyOf(take);
    corruptions = List.copyOf(corruptions);
    severities = List.copyOf(severities);
    for (int severity : severities) {
      check(severity >= 1 && severity <= 5, "measure.severities", "from 1 to 5", severity);
    }
    check(points >= 2 && points <= 1000, "measure.points", "from 2 to 1000", points);
    check(beyond >= 0 && beyond <= 10, "measure.beyond", "from 0 to 10", beyond);
    check(grid >= 2 && grid <= 1000, "measure.grid", "from 2 to 1000", grid);
    check(
        hullPoints >= 1 && hullPoints <= 10_000,
        "measure.hullPoints",
        "from 1 to 10000",
        hullPoints);
    check(
        hessianImages >= 1 && hessianImages <= 10_000_000,
        "measure.hessianImages",
        "from 1 to 10000000",
        hessianImages);
    check(probes >= 2 && probes <= 100_000, "measure.probes", "from 2 to 100000", probes);
    check(
        iterations >= 1 && iterations <= 100_000,
        "measure.iterations",
        "from 1 to 100000",
        iterations);
  }

  /** Whether corrupted images are read from a folder, not generated. */
  public boolean isPublished() {
    return !corrupted.isEmpty();
  }

  /** Whether something is measured. */
  public boolean takes(Name name) {
    return take.contains(name);
  }

  void idle(IdleKeys keys, boolean severalParticles) {
    boolean lines = take.stream().anyMatch(LINES::contains);
    keys.none(
            !take.isEmpty() && OF_PARTICLES.containsAll(take) && !severalParticles,
            "measure.take",
            "no cycle has more than one particle")
        .none(take.isEmpty(), "measure.split", "measure.take is empty")
        .none(!lines, "measure.points", "measure.take has no barriers")
        .none(!lines, "measure.beyond", "measure.take has no barriers")
        .none(
            take.stream().noneMatch(PLANES::contains), "measure.grid", "measure.take has no planes")
        .none(!takes(Name.HULL), "measure.hullPoints", "measure.take does not have hull");
    for (String key : List.of("corruptions", "severities", "corrupted")) {
      keys.none(
          !takes(Name.CORRUPTIONS), "measure." + key, "measure.take does not have corruptions");
    }
    for (String key : List.of("hessianImages", "probes", "iterations")) {
      keys.none(!takes(Name.HESSIAN), "measure." + key, "measure.take does not have hessian");
    }
  }
}
