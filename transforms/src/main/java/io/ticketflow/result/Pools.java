package io.ticketflow.result;

import static java.util.Locale.ROOT;

import io.ticketflow.network.Counts;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.work.Performer;
import java.util.List;

/** Networks of pools as records and as the files pools/RUN/KIND-cycle-CC.avro. */
public final class Pools {
  private Pools() {}

  /**
   * Puts what became of a task's target on file.
   *
   * @param trials their candidates have the names that readers know
   */
  public static void publish(
      Performer by, PoolTask task, SoupResult result, List<TrialRecord> trials) {
    SolutionRecord target = task.getSolutions().get(task.getTarget());
    Counts counts = Counts.of(result.getLayers());
    PoolRecord pool =
        PoolRecord.newBuilder()
            .setRun(target.getRun())
            .setMethod(target.getMethod())
            .setVariant(target.getVariant())
            .setSeed(target.getSeed())
            .setCycle(target.getCycle())
            .setKind(task.getKind())
            .setDensity(counts.density())
            .setKept(counts.kept())
            .setTotal(counts.total())
            .setWeights(result.getWeights())
            .setTrials(trials)
            .build();
    by.publish(
        String.format(
            ROOT, "pools/%s/%s-cycle-%02d.avro", pool.getRun(), pool.getKind(), pool.getCycle()),
        PoolRecord.class,
        pool);
  }
}
