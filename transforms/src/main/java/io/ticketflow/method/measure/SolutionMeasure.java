package io.ticketflow.method.measure;

import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import java.util.List;

/** Something that is looked at beside the accuracy of a cycle's solution. */
@FunctionalInterface
public interface SolutionMeasure {
  /** Every measure there is; each says itself when it has nothing to do. */
  List<SolutionMeasure> ALL = List.of(new MergeSearch(), new EnsembleOfParticles());

  /** The measure's rows. */
  void take(
      Performer by, RunSpec spec, Purpose purpose, MergedRecord solution, Rows table, Yield<?> out);
}
