package io.ticketflow.method.queue;

import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.RunTicket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work of a run that one hand does alone. The {@link Queue} guards what changes of it. */
final class Piece {
  /** How it stands with a piece. */
  enum State {
    /** Anybody may take it. */
    FREE,
    /** A hand of this process does it. */
    HERE,
    /** Another process does it. */
    ELSEWHERE,
    /** It is done. */
    DONE
  }

  private static final long SOONEST_NANOS = 20_000_000L;
  private static final long LATEST_NANOS = 2_000_000_000L;

  private final String key;
  private final boolean filed;
  private final Function<Taker, List<RunTicket>> labour;

  /** Who waits for it. */
  private final List<Front> fronts = new ArrayList<>();

  /** Of the first run that waits for it, which decides when it is its turn. */
  private @Nullable Standing standing;

  // Of the first front: kept here, since each hand that looks for work compares all pieces.
  private int cycle;
  private double rest;

  private State state = State.FREE;
  private long refused;
  private long due;

  /**
   * A piece of work.
   *
   * @param key that hands claim: 64 lower-case hexadecimal digits
   * @param filed whether it is the key of an action, which is on file once the piece is done
   * @param labour what is done: the tickets that it leads to, if it ends a front
   */
  Piece(String key, boolean filed, Function<Taker, List<RunTicket>> labour) {
    this.key = key;
    this.filed = filed;
    this.labour = labour;
  }

  String key() {
    return key;
  }

  boolean filed() {
    return filed;
  }

  List<RunTicket> work(Taker by) {
    return labour.apply(by);
  }

  Front front() {
    return fronts.get(0);
  }

  Standing standing() {
    return Objects.requireNonNull(standing, "nobody waits for it");
  }

  /** The cycle of the first front that waits for it. */
  int cycle() {
    return cycle;
  }

  /** What the run of that front has before it. */
  double rest() {
    return rest;
  }

  /** One more front waits for it. */
  void isFor(Front front, Standing run) {
    if (fronts.isEmpty()) {
      standing = run;
      cycle = front.at().cycle();
      rest = front.rest();
    }
    fronts.add(front);
  }

  List<Front> fronts() {
    return fronts;
  }

  State state() {
    return state;
  }

  void enter(State next) {
    state = next;
  }

  /** Another process has it: when to ask again grows with the time that it has had it. */
  void refuse(long now) {
    if (refused == 0) {
      refused = now;
    }
    state = State.ELSEWHERE;
    due = now + Math.min(LATEST_NANOS, Math.max(SOONEST_NANOS, (now - refused) / 4));
  }

  /** When it is to be asked for again, if it is elsewhere. */
  long due() {
    return due;
  }

  boolean isOpen(long now) {
    return state == State.FREE || (state == State.ELSEWHERE && now - due >= 0);
  }
}
