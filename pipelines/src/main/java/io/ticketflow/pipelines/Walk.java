package io.ticketflow.pipelines;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.ticketflow.method.ImportRun;
import io.ticketflow.method.MakePools;
import io.ticketflow.method.MeasureEnsemble;
import io.ticketflow.method.Round;
import io.ticketflow.method.StartRun;
import io.ticketflow.method.TakeMeasures;
import io.ticketflow.method.step.Step;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The steps of runs one after the other, in this thread: what {@link TicketPipeline} takes on many
 * workers.
 *
 * @param solutions that it came to
 */
record Walk(Steps steps, List<MergedRecord> solutions) {
  /** Takes every step of runs: a walk a run, in their order, and a last one of what is gathered. */
  static List<Walk> all(DryRun together, List<RunRecord> runs) {
    List<Walk> walks =
        new ArrayList<>(
            runs.parallelStream().map(run -> of(new Steps(together.beside()), run)).toList());
    List<MergedRecord> solutions = new ArrayList<>();
    walks.forEach(walk -> solutions.addAll(walk.solutions));
    Steps last = Steps.after(together, walks.stream().map(Walk::steps).toList());
    walks.add(gather(last, solutions));
    return walks;
  }

  /** Takes every step of a run. */
  private static Walk of(Steps steps, RunRecord run) {
    Walk walk = new Walk(steps, new ArrayList<>());
    if (run.getInput() != null) {
      walk.solutions.addAll(steps.take(ImportRun::take, run));
    } else if (!Specs.of(run).tickets().isControl()) { // a control has another run's tickets
      steps.take(StartRun::take, run).forEach(walk::cycles);
    }
    return walk;
  }

  /** Takes every step that solutions of several runs go into. */
  private static Walk gather(Steps steps, List<MergedRecord> solutions) {
    Walk walk = new Walk(steps, solutions);
    for (List<MergedRecord> pool : walk.gathered(MakePools::isWanted, MakePools::key).values()) {
      List<PoolTask> tasks = steps.take(MakePools::fanOut, pool);
      tasks.forEach(task -> steps.take(MakePools::improve, task));
    }
    walk.gathered(MeasureEnsemble::isWanted, MeasureEnsemble::key)
        .values()
        .forEach(members -> steps.take(MeasureEnsemble::take, members));
    walk.measures();
    return walk;
  }

  private void measures() {
    gathered(TakeMeasures::keys)
        .forEach(
            (key, group) -> {
              Step<List<MergedRecord>, MeasureTask> fanOut =
                  (dry, gathered, out) -> TakeMeasures.fanOut(dry, key, gathered, out);
              steps.take(fanOut, group).stream()
                  .flatMap(task -> steps.take(TakeMeasures::take, task).stream())
                  .collect(groupingBy(TakeMeasures::whole, LinkedHashMap::new, toList()))
                  .values()
                  .forEach(whole -> steps.take(TakeMeasures::tell, whole));
            });
  }

  /** The cycle of a ticket, and all that come after it. */
  private void cycles(RunTicket ticket) {
    Round round = Round.of(steps, ticket);
    solutions.addAll(round.solutions());
    round.next().forEach(this::cycles);
  }

  private Map<String, List<MergedRecord>> gathered(
      Predicate<MergedRecord> wanted, Function<MergedRecord, String> key) {
    return gathered(one -> wanted.test(one) ? List.of(key.apply(one)) : List.of());
  }

  private Map<String, List<MergedRecord>> gathered(Function<MergedRecord, List<String>> keys) {
    Map<String, List<MergedRecord>> groups = new LinkedHashMap<>();
    for (MergedRecord one : solutions) {
      for (String key : keys.apply(one)) {
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
      }
    }
    return groups;
  }
}
