package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private final int together;
  private final Tape.Kind values;
  private final Tape.Kind gradients;

  /** What makes them where they do not lie in a map. */
  private final @Nullable RowSource makesValues;

  private final @Nullable RowSource makesGradients;

  // one a thread
  private final Window.Lying[] lyingValues;
  private final Window.Lying[] lyingGradients;

  /** Of no use but that the compiler must read what is touched. */
  @SuppressWarnings("unused")
  private float touched;

  RowWindows(Crew crew, Geometry geometry, FeatureMap in, FeatureMap out, Beside beside) {
    this.crew = crew;
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    together = Math.max(1, Math.min(out.height(), PLACES / out.width()));
    int read = (together - 1) * geometry.stride() + geometry.kernel();
    values = Tape.Kind.of(in, read + SPARE, false);
    int behind = together + geometry.lastBehind() - geometry.firstBehind();
    gradients = Tape.Kind.of(out, behind + SPARE, true);
    Normalisation maker = beside.before();
    Normalisation follower = beside.behind();
    makesValues = maker == null ? null : maker::value;
    makesGradients = follower == null ? null : follower::gradient;
    lyingValues = lying(crew.threads(), in);
    lyingGradients = lying(crew.threads(), out);
  }

  private static Window.Lying[] lying(int threads, FeatureMap map) {
    Window.Lying[] each = new Window.Lying[threads];
    Arrays.setAll(each, thread -> new Window.Lying(map));
    return each;
  }

  /** How many rows of the output are worked on together. */
  int together() {
    return together;
  }

  /** The values of a block that are read. */
  Window values(int block, Hand hand) {
    return makesValues == null
        ? lyingValues[hand.number()].of(in.values(), block)
        : hand.tape(values).begin(makesValues, block, in.height());
  }

  /** The gradient in what a block's output is. */
  Window gradient(int block, Hand hand) {
    return makesGradients == null
        ? lyingGradients[hand.number()].of(out.gradient(), block)
        : hand.tape(gradients).begin(makesGradients, block, out.height());
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
