package io.ticketflow.pipelines;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a sweep would do in an output folder, action by action, in the order of runs and cycles.
 *
 * <p>An action is known by what goes into it. Where an input does not exist yet, the action that
 * will make it stands for it, so sharing shows before anything has run.
 */
public record Plan(List<PlannedAction> actions) {
  public Plan {
    actions = List.copyOf(actions);
  }

  /**
   * The plan of runs; their data sets must have digests. Reads the output folder, writes nothing.
   */
  public static Plan of(List<RunRecord> runs, Workplace place) {
    return of(runs, new DryRun(place));
  }

  /** Likewise, by a look at the output that others can go on with. */
  public static Plan of(List<RunRecord> runs, DryRun look) {
    List<Walk> walks = Walk.all(look, runs);
    return new Plan(DryRun.planned(walks.stream().map(walk -> walk.steps().by()).toList()));
  }

  /** Epochs that the runs ask for, each for itself. */
  public long requestedEpochs() {
    return epochs(action -> true);
  }

  /** Epochs of distinct trainings: what the sweep costs in an empty folder. */
  public long uniqueEpochs() {
    return epochs(action -> action.state() != PlannedAction.State.SHARED);
  }

  /** Epochs that are still to be trained. */
  public long epochsToRun() {
    return epochs(action -> action.state() == PlannedAction.State.TO_RUN);
  }

  /** Images of the trainings that are still to run. */
  public long imagesToRun() {
    return actions.stream()
        .filter(action -> action.state() == PlannedAction.State.TO_RUN)
        .mapToLong(PlannedAction::images)
        .sum();
  }

  /** Whether the output has the result of every action. */
  public boolean isFinished() {
    return actions.stream().noneMatch(PlannedAction::isLacking);
  }

  /** Trainings that are still to run. */
  public long trainingsToRun() {
    return actions.stream()
        .filter(action -> action.trains() && action.state() == PlannedAction.State.TO_RUN)
        .count();
  }

  private long epochs(Predicate<PlannedAction> which) {
    return actions.stream().filter(which).mapToLong(PlannedAction::epochs).sum();
  }
}
