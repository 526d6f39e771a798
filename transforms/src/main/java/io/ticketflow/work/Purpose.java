package io.ticketflow.work;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an action is performed for: one of those that ask for it.
 *
 * @param particle null if it is about none
 */
public record Purpose(RunRecord run, int cycle, @Nullable Integer particle) {
  /** The cycle of a run's ticket as a whole. */
  public static Purpose of(RunRecord run, TicketRecord ticket) {
    return of(run, ticket.getCycle());
  }

  /** The same in a call's own words; empty outside a call. */
  String in(String call) {
    return call.isEmpty() ? "" : String.join(" ", call, run.getRun(), "" + cycle, "" + particle);
  }

  /** A run's cycle as a whole. */
  public static Purpose of(RunRecord run, int cycle) {
    return new Purpose(run, cycle, null);
  }
}
