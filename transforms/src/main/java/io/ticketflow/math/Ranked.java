package io.ticketflow.math;

/**
 * The values of one tensor that are ranked, and which of them may stay.
 *
 * @param values shared, not copied
 * @param eligible over all of them
 */
public record Ranked(String tensor, float[] values, Mask eligible) {
  /** Entries of a piece, a multiple of 64: its keys stay in the first cache while they are used. */
  private static final int PIECE = 1 << 12;

  public Ranked {
    if (eligible.size() != values.length) {
      throw new IllegalArgumentException("the mask of tensor " + tensor + " does not fit");
    }
  }

  /** Takes the keys of the entries from {@code from} on, as many as {@code eligible} is over. */
  interface Visitor {
    void visit(int from, int[] keys, Mask eligible);
  }

  /**
   * Visits all entries once, in order.
   *
   * @throws NonFiniteWeightsException naming the tensor
   */
  void visit(Ranking ranking, Visitor visitor) {
    Ranking.Keys ranked = ranking.of(tensor);
    int[] keys = new int[Math.min(PIECE, values.length)];
    for (int from = 0; from < values.length; from += PIECE) {
      int to = Math.min(values.length, from + PIECE);
      ranked.next(values, from, to, keys);
      visitor.visit(from, keys, eligible.part(from, to));
    }
  }
}
