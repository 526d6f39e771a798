package io.ticketflow.method.queue;

import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.FrontRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.store.ActionStore;
import io.ticketflow.work.Performer;
import java.util.List;
import java.util.Optional;

/** One thread that works off a queue, a piece at a time. */
final class Hand {
  private final Queue queue;
  private final Neighbours neighbours;
  private final ActionStore actions;
  private final boolean together;
  private final Taker taker;

  /**
   * A hand that has not begun.
   *
   * @param together whether the other hands of the queue fail with this one
   */
  Hand(Queue queue, Neighbours neighbours, Performer by, boolean together) {
    this.queue = queue;
    this.neighbours = neighbours;
    this.actions = by.place().actions();
    this.together = together;
    this.taker = taker(by);
  }

  /** Takes steps for what they do: their rows come from the stage that asks for them. */
  static Taker taker(Performer by) {
    return Taker.of(by, row -> {});
  }

  /** Works until nothing is left, here and elsewhere. */
  void work() {
    for (Optional<Piece> next = queue.next(); next.isPresent(); next = queue.next()) {
      try {
        attempt(next.get());
      } catch (RuntimeException | Error e) {
        queue.failed(next.get(), together, e);
        throw e;
      }
    }
  }

  private void attempt(Piece piece) {
    if (isThere(piece)) {
      queue.done(piece, List.of());
      return;
    }
    Optional<FrontRecord> further = queue.isOwn(piece) ? Optional.empty() : further(piece.front());
    if (further.isPresent()) {
      queue.overtaken(piece, further.get().getTickets());
    } else if (neighbours.claim(piece.key())) {
      queue.claimed(piece);
      queue.done(piece, claimed(piece));
    } else {
      queue.refused(piece);
    }
  }

  private List<RunTicket> claimed(Piece piece) {
    try {
      if (isThere(piece)) { // by now
        return List.of();
      }
      List<RunTicket> next = piece.work(taker);
      if (!piece.filed()) {
        tell(piece.front(), next);
      }
      return next;
    } finally {
      neighbours.giveBack(piece.key());
    }
  }

  private boolean isThere(Piece piece) {
    return piece.filed() && actions.holds(piece.key());
  }

  private void tell(Front front, List<RunTicket> next) {
    String run = front.run().getRun();
    List<RunTicket> own = next.stream().filter(each -> each.getRun().getRun().equals(run)).toList();
    neighbours.tell(run, new FrontRecord(front.at().cycle(), front.at().particles(), own));
  }

  /** What another process has told, if it has come to the end of a front or further. */
  private Optional<FrontRecord> further(Front front) {
    return neighbours
        .front(front.run().getRun())
        .filter(told -> !new Front.At(told.getCycle(), told.getParticles()).isBefore(front.at()));
  }
}
