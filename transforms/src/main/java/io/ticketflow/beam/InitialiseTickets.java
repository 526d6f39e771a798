package io.ticketflow.beam;

import io.ticketflow.method.StartRun;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/** The first ticket of every run; runs that share a dense training share it here. */
public final class InitialiseTickets extends PTransform<PCollection<RunRecord>, Stage<RunTicket>> {
  private static final TupleTag<RunTicket> TICKETS = new TupleTag<>("tickets") {};

  private final Workplace place;

  private InitialiseTickets(Workplace place) {
    this.place = place;
  }

  /** Tickets that are kept in that place. */
  public static InitialiseTickets at(Workplace place) {
    return new InitialiseTickets(place);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<RunRecord> runs) {
    return Stage.of(
        runs.apply("TrainMatchingTicket", StepFn.of(place, StartRun::take, TICKETS)),
        TICKETS,
        RunTicket.class);
  }
}
