package io.ticketflow.pipelines.simulation;

import java.util.List;
import java.util.Optional;

/** Works that are ready and have no slot yet. */
interface Waiting {
  /** Takes the works of a stage that begins, in the order of the plan. */
  void add(List<Job> jobs);

  /** Takes back what that slot did not come to the end of; it is next. */
  void giveBack(int slot, Job job);

  /** What a free slot does next. */
  Optional<Job> next(int slot);
}
