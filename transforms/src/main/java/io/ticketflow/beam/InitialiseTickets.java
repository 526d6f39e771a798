package io.ticketflow.beam;

import io.ticketflow.method.StartRun;
import io.ticketflow.method.queue.Hands;
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
  private final Hands hands;

  private InitialiseTickets(Workplace place, Hands hands) {
    this.place = place.forCall();
    this.hands = hands;
  }

  /** Tickets that are kept in that place. */
  public static InitialiseTickets at(Workplace place, Hands hands) {
    return new InitialiseTickets(place, hands);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<RunRecord> runs) {
    return Stage.of(
        runs.apply("WorkAhead", WorkAhead.ofRuns(place, hands))
            .apply("TrainMatchingTicket", StepFn.of(place, StartRun::take, TICKETS)),
        TICKETS,
        RunTicket.class);
  }
}
