package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.report.NaturalOrder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an ended run left in its tables.
 *
 * @param failures the first of each failed run, by run
 * @param trained different trainings that this invocation made
 * @param reused different trainings that it found finished
 * @param saved trainings that adaptive particles did without
 */
public record Outcome(
    int runs,
    List<CycleRow> cycles,
    Map<String, FailureRecord> failures,
    int trained,
    int reused,
    int saved) {

  /** Reads the tables of an output folder. */
  public static Outcome of(int runs, Location output) throws IOException {
    Map<String, FailureRecord> failures = new TreeMap<>(new NaturalOrder());
    for (FailureRecord failure : Tables.FAILURES.read(output)) {
      failures.putIfAbsent(failure.getRun(), failure);
    }
    // A training that several runs share is made for the first and found by the others.
    Map<String, Boolean> found =
        costs(output).stream()
            .filter(row -> row.getKind().equals("train") && row.getEpochs() > 0)
            .collect(Collectors.toMap(CostRow::getAction, CostRow::getCached, Boolean::logicalAnd));
    return new Outcome(
        runs,
        Tables.CYCLES.read(output),
        failures,
        count(found.values(), false),
        count(found.values(), true),
        Tables.BUDGETS.read(output).stream().mapToInt(BudgetRow::getSaved).sum());
  }

  /** What the actions of the folder's last run took. */
  public static List<CostRow> costs(Location output) throws IOException {
    return Tables.COSTS.read(output);
  }

  /** How it ended. */
  public RunState state() {
    if (failures.isEmpty()) {
      return RunState.DONE;
    }
    return failures.size() < runs ? RunState.SOME_RUNS_FAILED : RunState.FAILED;
  }

  private static int count(Collection<Boolean> values, boolean wanted) {
    return (int) values.stream().filter(value -> value == wanted).count();
  }
}
