package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.Kernels.Part;
import java.util.ArrayList;
import java.util.List;

/** The gradient in a layer's kept weights, over parts of a batch that fit the second cache. */
final class WeightGradient {
  /** Places up to which a batch is one part. */
  private static final int WHOLE = 512;

  /** Places of a part of a larger one. */
  private static final int RUN = 128;

  private static final float[] NONE = {};

  private final Crew crew;
  private final FeatureMap in;
  private final FeatureMap out;
  private final int perBlock;
  private final int run;
  private final boolean isWhole;
  private final List<Slice> slices = new ArrayList<>();

  /** Some rows of the weights. */
  private record Slice(Taps taps, Places places) {}

  WeightGradient(Crew crew, Geometry geometry, FeatureMap in, FeatureMap out, Taps taps) {
    this.crew = crew;
    this.in = in;
    this.out = out;
    perBlock = out.height() * out.width();
    int count = out.blocks(out.images()) * perBlock;
    run = count <= WHOLE ? count : RUN;
    isWhole = run == count;
    int[] ins = new int[count];
    int[] outs = new int[count];
    for (int i = 0; i < count; i++) {
      int block = i / perBlock;
      int row = i % perBlock / out.width();
      int column = i % out.width();
      ins[i] = in.at(block, row * geometry.stride(), column * geometry.stride());
      outs[i] = out.at(block, row, column);
    }
    int first = 0;
    for (int i = 1; i <= crew.threads(); i++) {
      int end = end(taps, i, crew.threads());
      if (end > first) {
        slices.add(slice(taps, first, end, ins, outs));
        first = end;
      }
    }
  }

  /** The row up to which some threads of all work, each of them on as many taps; an even one. */
  private static int end(Taps taps, int some, int all) {
    int rows = taps.rows();
    int row = 0;
    while (row < rows && (long) taps.start()[row] * all < (long) taps.start()[rows] * some) {
      row++;
    }
    return some == all ? rows : row / 2 * 2;
  }

  private Slice slice(Taps taps, int from, int to, int[] ins, int[] outs) {
    boolean whole = from == 0 && to == taps.rows();
    Taps some = whole ? taps : taps.rows(from, to);
    int[] written = outs.clone();
    for (int i = 0; i < written.length; i++) {
      written[i] += from * out.channelStep();
    }
    return new Slice(some, new Places(ins, written, out.channelStep()));
  }

  void run(int blocks, float[] gradient) {
    crew.each(slices.size(), (part, hand) -> run(slices.get(part), blocks, gradient, hand));
  }

  private void run(Slice slice, int blocks, float[] gradient, Hand hand) {
    int count = blocks * perBlock;
    int taps = slice.taps().offset().length;
    // some more, as eight are added up at a time
    float[] sums = isWhole ? NONE : hand.many((taps + 7) * Kernels.LANES);
    for (int from = 0; from < count; from += run) {
      int to = Math.min(count, from + run);
      Part part = new Part(from == 0, to == count, sums);
      crew.kernels()
          .gradient(
              slice.taps(), in.values(), out.gradient(), slice.places(), from, to, part, gradient);
    }
  }
}
