package io.ticketflow.method.measure;

import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.work.Performer;
import java.util.List;

/** Something that is looked at beside the accuracy of a cycle's solution. */
@FunctionalInterface
public interface SolutionMeasure {
  /** Every measure there is; each says itself when it has nothing to do. */
  List<SolutionMeasure> ALL = List.of(new MergeSearch(), new EnsembleOfParticles());

  /**
   * The measure's rows.
   *
   * @param solution recalibrated; its particles are those that it was merged of
   */
  void take(Performer by, MergedRecord solution, Yield<?> out);
}
