package io.ticketflow.pipelines;

import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Set;

/**
 * The table rows of what is finished of runs, while they go on: those of every step all of whose
 * actions are on file. Once all is, they are the rows of the runs' tables, but for two things that
 * no action's record tells: a {@code CostRow} says of what this call made too that it was found,
 * and a training that could not even be tried to its end has no row of failure.
 *
 * <p>Reads the records of actions, each once, and neither networks nor masks. Writes nothing.
 */
public final class FinishedRows {
  private final List<RunRecord> runs;
  private final Workplace place;
  private DryRun look;
  private Set<String> finished = Set.of();
  private Look seen = new Look(0, List.of(), false);

  /**
   * Of runs in a place.
   *
   * @param runs their data sets must have digests
   * @param place its devices are those that the runs take: they are in the actions' keys
   */
  public FinishedRows(List<RunRecord> runs, Workplace place) {
    this.runs = List.copyOf(runs);
    this.place = place;
    this.look = DryRun.ofRecords(place);
  }

  /**
   * What there was at one moment.
   *
   * @param number grows whenever something has finished
   * @param foreign whether there are finished actions, and none of them is of these runs on these
   *     devices
   */
  public record Look(int number, List<MetricRow> rows, boolean foreign) {
    public Look {
      rows = List.copyOf(rows);
    }
  }

  /** The rows as of now. */
  public synchronized Look now() {
    Set<String> by = place.actions().keys();
    if (!by.equals(finished)) {
      look = look.again();
      List<Steps> steps = Walk.all(look, runs).stream().map(Walk::steps).toList();
      seen =
          new Look(
              seen.number() + 1,
              steps.stream().flatMap(walk -> walk.rows().stream()).toList(),
              steps.stream()
                  .flatMap(walk -> walk.by().planned().stream())
                  .noneMatch(action -> action.state() == PlannedAction.State.CACHED));
      finished = by;
    }
    return seen;
  }
}
