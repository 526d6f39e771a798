package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/** Does groups of lanes, a range of whole groups for each thread. */
final class Ranges implements Crew.Work {
  private final Crew crew;
  private final Range each;
  private int first;
  private int groups;
  private int count;

  /** What is done with a range. */
  @FunctionalInterface
  interface Range {
    /** From an index to the one before another. */
    void take(int from, int to);
  }

  Ranges(Crew crew, Range each) {
    this.crew = crew;
    this.each = each;
  }

  /** The groups of {@code from … to − 1}. */
  void run(int from, int to) {
    first = from;
    groups = (to - from) / Kernels.LANES;
    count = Math.min(crew.threads(), Math.max(1, groups));
    crew.each(count, this);
  }

  @Override
  public void part(int part, Hand hand) {
    int from = first + Crew.cut(groups, part, count) * Kernels.LANES;
    each.take(from, first + Crew.cut(groups, part + 1, count) * Kernels.LANES);
  }
}
