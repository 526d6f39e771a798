package io.ticketflow.beam;

import io.ticketflow.method.NextTicket;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/** The next cycle's tickets. Runs that have reached their last cycle leave the stream. */
public final class PruneTickets extends PTransform<PCollection<MergedRecord>, Stage<RunTicket>> {
  private static final TupleTag<RunTicket> TICKETS = new TupleTag<>("tickets") {};

  private final Workplace place;

  private PruneTickets(Workplace place) {
    this.place = place;
  }

  /** Prunes in that place. */
  public static PruneTickets at(Workplace place) {
    return new PruneTickets(place);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<MergedRecord> solutions) {
    return Stage.of(
        solutions.apply("Prune", StepFn.of(place, NextTicket::take, TICKETS)),
        TICKETS,
        RunTicket.class);
  }
}
