package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.Why;
import io.ticketflow.pipelines.report.NaturalOrder;
import io.ticketflow.runners.table.TextTable;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.PlannedAction.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan in words and numbers. */
public final class PlanText {
  private PlanText() {}

  /** Different trainings of the plan, finished or not. */
  static int trainings(Plan plan) {
    return (int)
        plan.actions().stream()
            .filter(action -> action.trains() && action.state() != State.SHARED)
            .count();
  }

  /**
   * One line a run: how many of its trainings and other actions are done, here or in the store,
   * shared, or to do.
   */
  public static List<String> byRun(Plan plan) {
    TextTable table =
        new TextTable(
            List.of(
                "run",
                "cycles",
                "trainings",
                "cached",
                "shared",
                "to run",
                "epochs to run",
                "other actions to run"));
    grouped(plan).forEach((run, actions) -> table.row(row(run, actions)));
    return table.lines();
  }

  /** The actions of each run, runs in their natural order; names are compared once each. */
  private static Map<String, List<PlannedAction>> grouped(Plan plan) {
    Map<String, List<PlannedAction>> runs =
        plan.actions().stream().collect(Collectors.groupingBy(PlannedAction::run));
    Map<String, List<PlannedAction>> ordered = new TreeMap<>(new NaturalOrder());
    ordered.putAll(runs);
    return ordered;
  }

  private static List<String> row(String run, List<PlannedAction> actions) {
    List<PlannedAction> trainings = actions.stream().filter(PlannedAction::trains).toList();
    long others = actions.stream().filter(action -> !action.trains() && toRun(action)).count();
    return List.of(
        run,
        number(cycles(actions)),
        number(trainings.size()),
        number(count(trainings, State.CACHED) + count(trainings, State.IN_STORE)),
        number(count(trainings, State.SHARED)),
        number(count(trainings, State.TO_RUN)),
        number(trainings.stream().filter(PlanText::toRun).mapToLong(PlannedAction::epochs).sum()),
        number(others));
  }

  /** Those that it has networks in: the training to its first ticket is no cycle's. */
  private static long cycles(List<PlannedAction> actions) {
    return actions.stream()
        .filter(action -> action.kind().equals("evaluate"))
        .mapToInt(PlannedAction::cycle)
        .distinct()
        .count();
  }

  /** One line an action, by run, and for each in the order of its cycles. */
  public static List<String> byAction(Plan plan) {
    TextTable table =
        new TextTable(List.of("run", "cycle", "particle", "action", "state", "epochs", "images"));
    List<PlannedAction> byRun = grouped(plan).values().stream().flatMap(List::stream).toList();
    for (PlannedAction action : byRun) {
      table.row(
          List.of(
              action.run(),
              number(action.cycle()),
              particle(action),
              action.kind().replace('-', ' '),
              action.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              action.trains() ? number(action.epochs()) : "",
              action.trains() ? number(action.images()) : ""));
    }
    return table.lines();
  }

  /** A line an action that will be done; a sentence if there is none. */
  public static List<String> why(List<Why.Reason> reasons) {
    if (reasons.isEmpty()) {
      return List.of("Nothing would run: all is finished.");
    }
    TextTable table = new TextTable(List.of("run", "cycle", "particle", "action", "why it runs"));
    for (Why.Reason reason : reasons) {
      PlannedAction action = reason.action();
      table.row(
          List.of(
              action.run(),
              number(action.cycle()),
              particle(action),
              action.kind().replace('-', ' '),
              reason.why()));
    }
    return table.lines();
  }

  private static String particle(PlannedAction action) {
    Integer particle = action.particle();
    return particle == null || particle < 0 ? "" : number(particle);
  }

  /** Epochs and images of the whole plan, a line each with its name. */
  public static List<String> totals(Plan plan) {
    long requested = plan.requestedEpochs();
    long unique = plan.uniqueEpochs();
    String saved =
        requested > unique
            ? String.format(
                Locale.ROOT,
                " (%.0f %% saved by sharing)",
                100.0 * (requested - unique) / requested)
            : "";
    List<String> lines = new ArrayList<>();
    lines.add("epochs that the runs ask for   " + number(requested));
    lines.add("epochs of different trainings  " + number(unique) + saved);
    List<PlannedAction> stored =
        plan.actions().stream().filter(action -> action.state() == State.IN_STORE).toList();
    if (!stored.isEmpty()) {
      lines.add(
          "actions in the store           "
              + number(stored.size())
              + ", of which "
              + number(stored.stream().filter(PlannedAction::trains).count())
              + " are trainings");
    }
    lines.add("epochs still to run            " + number(plan.epochsToRun()));
    lines.add("images still to train on       " + number(plan.imagesToRun()));
    return lines;
  }

  private static boolean toRun(PlannedAction action) {
    return action.state() == State.TO_RUN;
  }

  private static long count(List<PlannedAction> actions, State state) {
    return actions.stream().filter(action -> action.state() == state).count();
  }

  private static String number(long value) {
    // of a hundred thousand rows, formats would take a second
    return value < 1000 ? Long.toString(value) : String.format(Locale.ROOT, "%,d", value);
  }
}
