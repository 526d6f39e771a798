package io.ticketflow.kernel;

import io.ticketflow.kernel.Kernels.Part;

/** The gradient in a layer's kept weights, over parts of a batch that fit the second cache. */
final class WeightGradient {
  /** Places up to which a batch is one part. */
  private static final int WHOLE = 512;

  /** Places of a part of a larger one. */
  private static final int RUN = 128;

  private final Kernels kernels;
  private final FeatureMap in;
  private final FeatureMap out;
  private final Taps taps;
  private final Places places;
  private final int perBlock;
  private final float[] sums;

  WeightGradient(Kernels kernels, Geometry geometry, FeatureMap in, FeatureMap out, Taps taps) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.taps = taps;
    perBlock = out.height() * out.width();
    int count = out.blocks(out.images()) * perBlock;
    int[] ins = new int[count];
    int[] outs = new int[count];
    for (int i = 0; i < count; i++) {
      int block = i / perBlock;
      int row = i % perBlock / out.width();
      int column = i % out.width();
      ins[i] = in.at(block, row * geometry.stride(), column * geometry.stride());
      outs[i] = out.at(block, row, column);
    }
    places = new Places(ins, outs, out.channelStep());
    // some more, as eight are added up at a time
    sums = new float[count <= WHOLE ? 0 : (taps.offset().length + 7) * Kernels.LANES];
  }

  void run(int blocks, float[] gradient) {
    int count = blocks * perBlock;
    int run = sums.length == 0 ? count : RUN;
    for (int from = 0; from < count; from += run) {
      int to = Math.min(count, from + run);
      Part part = new Part(from == 0, to == count, sums);
      kernels.gradient(taps, in.values(), out.gradient(), places, from, to, part, gradient);
    }
  }
}
