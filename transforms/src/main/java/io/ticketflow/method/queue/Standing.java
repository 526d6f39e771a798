package io.ticketflow.method.queue;

import org.jspecify.annotations.Nullable;

/** How it stands with a run, for the hands of one process. The {@link Queue} guards it. */
final class Standing {
  private final int turn;
  private @Nullable Boolean own;
  private Front.At at = new Front.At(Integer.MIN_VALUE, 0);

  /**
   * A run that nobody has begun.
   *
   * @param turn its place among the runs of the sweep
   */
  Standing(int turn) {
    this.turn = turn;
  }

  int turn() {
    return turn;
  }

  /** The run has come there; false if it was there before. */
  boolean comesTo(Front.At next) {
    if (!at.isBefore(next)) {
      return false;
    }
    at = next;
    return true;
  }

  /** It is this process's run, or another's, if nobody has said so before. */
  void belongs(boolean here) {
    if (own == null) {
      own = here;
    }
  }

  boolean isOwn() {
    return own != null && own;
  }

  boolean isForeign() {
    return own != null && !own;
  }
}
