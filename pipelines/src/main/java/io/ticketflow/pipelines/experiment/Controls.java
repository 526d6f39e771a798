package io.ticketflow.pipelines.experiment;

import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.UserException;
import java.util.List;
import java.util.Optional;

/** Runs that train another run's tickets. */
public final class Controls {
  private Controls() {}

  /**
   * The controls of a run among those of its experiment: of the same seed, at the same point of the
   * axes.
   */
  static List<PlannedRun> of(PlannedRun run, List<PlannedRun> all) {
    return all.stream().filter(other -> belongs(other, run)).toList();
  }

  private static boolean belongs(PlannedRun control, PlannedRun run) {
    return control.spec().tickets().from().equals(run.method())
        && control.variant().equals(run.variant())
        && control.seed() == run.seed();
  }

  /**
   * Refuses controls of what has no tickets to give.
   *
   * @throws UserException naming the method
   */
  static void check(String where, List<PlannedRun> runs) {
    for (PlannedRun control : runs) {
      if (control.spec().tickets().isControl()) {
        String start = where + ", method " + control.method() + ": tickets.from ";
        String from = control.spec().tickets().from();
        Optional<PlannedRun> run = runs.stream().filter(r -> belongs(control, r)).findFirst();
        if (run.isEmpty()) {
          throw UserException.of(
              "%smust be the label of another method of the experiment, got %s", start, from);
        }
        checkPair(start + from + " ", control.spec(), run.get());
      }
    }
  }

  private static void checkPair(String start, RunSpec control, PlannedRun from) {
    RunSpec run = from.spec();
    if (run.tickets().isControl()) {
      throw new UserException(start + "is a control itself; name the method that it follows");
    }
    if (run.perturbed().members() > 0) {
      throw new UserException(
          start
              + "trains members once it has pruned; follow a method with the same masks and none");
    }
    if (run.regime().changesMasksInTraining() || run.regime().keepsStep()) {
      throw new UserException(
          start
              + "changes its masks while it trains, or goes through one training in segments; its"
              + " tickets are not what it ends with");
    }
    TicketsSpec how = control.tickets();
    if (how.mask() == TicketsSpec.Mask.SHUFFLED
        && how.weights() == TicketsSpec.Weights.SAME
        && !run.regime().rewinds()) {
      throw new UserException(
          start
              + "starts each cycle from weights that its own mask has pruned: a shuffled mask would"
              + " keep zeros; add tickets.weights: reinitialised, or follow a method that rewinds");
    }
    if (from.ensemble().isPresent()) {
      throw new UserException(start + "is an ensemble; name a method of one run");
    }
    if (!run.model().equals(control.model()) || !run.data().equals(control.data())) {
      throw new UserException(start + "trains another model or other data");
    }
  }
}
