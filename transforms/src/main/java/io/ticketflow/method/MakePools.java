package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.PoolAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Pools;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * What the runs' specifications make of their solutions once all cycles are there: Lottery Pools
 * and the averages of tickets, put on file and measured.
 */
public final class MakePools {
  private MakePools() {}

  /** Whether anything is made of that solution, or with it. */
  public static boolean isWanted(MergedRecord solution) {
    return solution.getFailure() == null && !Specs.of(solution.getRun()).pool().isNone();
  }

  /** What the solutions of one pool have in common: its key. */
  public static String key(MergedRecord solution) {
    return Pool.key(solution.getRun());
  }

  /**
   * One task a kind and target; a run that lacks a solution, or does not fit its pool, ends as a
   * failure.
   *
   * @param solutions of one pool, in any order
   */
  public static void fanOut(Performer by, Iterable<MergedRecord> solutions, Yield<PoolTask> out) {
    Pool pool = Pool.of(solutions);
    List<FailureRecord> refusals = pool.refusals();
    refusals.forEach(refusal -> out.row(new MetricRow(refusal.getRun(), refusal)));
    if (!refusals.isEmpty()) {
      return;
    }
    List<SolutionRecord> records = pool.solutions();
    for (int target = 0; target < records.size(); target++) {
      RunRecord run = pool.members().get(target).getRun();
      RunSpec spec = Specs.of(run);
      int cycle = records.get(target).getCycle();
      for (PoolSpec.Kind kind : spec.pool().kinds()) {
        if (spec.pool().makes(kind, target, cycle)) {
          PoolTask task = new PoolTask("", run, kind.label(), target, records);
          String action = PoolAction.of(by.place(), spec, task).key();
          out.element(PoolTask.newBuilder(task).setAction(action).build());
        }
      }
    }
  }

  /** A pool's network, made and measured. */
  public static void improve(Performer by, PoolTask task, Yield<Void> out) {
    int cycle = target(task).getCycle();
    Failing.toRow(
        task.getRun(), cycle, "pool " + task.getKind() + ": ", out, () -> make(by, task, out));
  }

  private static void make(Performer by, PoolTask task, Yield<Void> out) {
    RunSpec spec = Specs.of(task.getRun());
    Purpose purpose = Purpose.of(task.getRun(), target(task).getCycle());
    Rows table = Rows.of(task.getRun(), target(task));
    Done<SoupResult> pooled = by.perform(PoolAction.of(by.place(), spec, task), purpose);
    List<TrialRecord> trials = named(task, pooled.result().getTrials());
    Pools.publish(by, task, pooled.result(), trials);
    Done<EvaluationResult> evaluated =
        by.perform(
            EvaluationAction.of(by.place(), spec, List.of(pooled.result().getWeights())), purpose);
    out.rows(table.scores(PoolSpec.Kind.of(task.getKind()).subject(), evaluated.result()));
    out.rows(table.searches(task.getKind(), trials));
    out.row(table.costs().search("pool", pooled));
    out.row(table.costs().evaluation(null, evaluated));
  }

  private static SolutionRecord target(PoolTask task) {
    return task.getSolutions().get(task.getTarget());
  }

  /** A candidate by its cycle, or by its place among the solutions of several runs. */
  private static List<TrialRecord> named(PoolTask task, List<TrialRecord> trials) {
    if (Pool.isJoined(task.getRun())) {
      return trials;
    }
    return trials.stream()
        .map(
            trial ->
                TrialRecord.newBuilder(trial)
                    .setCandidate(task.getSolutions().get(trial.getCandidate()).getCycle())
                    .build())
        .toList();
  }
}
