package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/**
 * The rows that a convolution reads, on both ways: those of a map, or those that BatchNorm beside
 * it makes of another one.
 */
final class RowWindows {
  /** Places of a channel that are worked on together. */
  private static final int PLACES = 128;

  /** Rows of room beyond what is needed at once, so that rows are seldom moved. */
  private static final int SPARE = 2;

  private final Crew crew;
  private final Geometry geometry;
  private final FeatureMap in;
  private final FeatureMap out;
  private final Beside beside;
  private final int together;
  private final Tape.Kind values;
  private final Tape.Kind gradients;

  /** Of no use but that the compiler must read what is touched. */
  @SuppressWarnings("unused")
  private float touched;

  RowWindows(Crew crew, Geometry geometry, FeatureMap in, FeatureMap out, Beside beside) {
    this.crew = crew;
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    this.beside = beside;
    together = Math.max(1, Math.min(out.height(), PLACES / out.width()));
    int read = (together - 1) * geometry.stride() + geometry.kernel();
    values = Tape.Kind.of(in, read + SPARE, false);
    int behind = together + geometry.lastBehind() - geometry.firstBehind();
    gradients = Tape.Kind.of(out, behind + SPARE, true);
  }

  /** How many rows of the output are worked on together. */
  int together() {
    return together;
  }

  /** The values of a block that are read. */
  Window values(int block, Hand hand) {
    Normalisation before = beside.before();
    return before == null
        ? new Window.Lying(in, in.values(), block)
        : hand.tape(values).begin(before::value, block, in.height());
  }

  /** The gradient in what a block's output is. */
  Window gradient(int block, Hand hand) {
    Normalisation behind = beside.behind();
    return behind == null
        ? new Window.Lying(out, out.gradient(), block)
        : hand.tape(gradients).begin(behind::gradient, block, out.height());
  }

  /** Has what is read for rows {@code from … to − 1} of the output. */
  void needThere(Window values, int from, int to) {
    int top = from * geometry.stride() - geometry.padding();
    values.need(top, top + (to - from - 1) * geometry.stride() + geometry.kernel());
  }

  /** Has what is read on the way back to the input's rows for rows {@code from … to − 1}. */
  void needBack(Window gradient, int from, int to) {
    gradient.need(from + geometry.firstBehind(), to + geometry.lastBehind());
  }

  /** Touches a row that is written next, channel by channel: memory is faster in order. */
  void touch(FeatureMap map, float[] values, int at) {
    touched = crew.kernels().touch(values, at, at + map.rowStep() - map.border() * Kernels.LANES);
  }
}
