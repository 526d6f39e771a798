package io.ticketflow.method.measure;

import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MeasuredPart;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Workplace;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something that is looked at once all cycles are there. Its tasks are shared out among workers.
 *
 * @param <R> what a task's action commits
 */
public interface Survey<R extends SpecificRecord> {
  /** What {@code measure.take} calls it. */
  MeasureSpec.Name name();

  /** What computes it: the run's engine, unless a measure differs. */
  default EngineName engine(RunSpec spec) {
    return spec.training().engine();
  }

  /** What the solutions that are looked at together have in common; each is alone by default. */
  default String group(MergedRecord solution) {
    return Groups.cycle(solution);
  }

  /**
   * What there is to do.
   *
   * @param group solutions of one group that ask for this measure, by run and cycle
   */
  List<MeasureTask> tasks(List<MergedRecord> group);

  /** What measures a task's networks. */
  Action<R> action(Workplace place, MeasureTask task);

  /** The rows of what was measured. */
  List<MetricRow> rows(MeasureTask task, R result);

  /** Tells of a task: its rows, or itself where they are told of all of its parts together. */
  default void tell(MeasureTask task, R result, Yield<MeasuredPart> out) {
    out.rows(rows(task, result));
  }

  /**
   * The rows of all parts together; none where one is missing.
   *
   * @param parts that {@link #tell} handed on, in their order
   */
  default List<MetricRow> rows(List<MeasuredPart> parts) {
    return List.of();
  }

  /** What it took. */
  Cost cost(MeasureTask task, R result);

  /**
   * What an action took.
   *
   * @param action its key
   * @param images that passed through a network
   */
  record Cost(String action, long images, double seconds, String device) {}
}
