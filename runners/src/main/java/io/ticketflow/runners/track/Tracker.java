package io.ticketflow.runners.track;

import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.List;

/** One that is told of a sweep. Both calls return soon; neither changes a result. */
interface Tracker {
  /** Training is about to begin. */
  void begun(RunStatus status, List<RunRecord> runs);

  /**
   * The sweep has ended, in whatever way.
   *
   * @param status its last
   * @param output the tables are there if the sweep is done
   * @throws IOException in one sentence, if not all could be told
   */
  void ended(RunStatus status, Location output) throws IOException;
}
