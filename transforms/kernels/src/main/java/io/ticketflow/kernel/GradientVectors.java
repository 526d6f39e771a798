package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#gradient} by vectors: some taps of a row share what is read of its output. */
final class GradientVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private GradientVectors() {}

  static void add(
      Taps taps,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    int row = 0;
    if (L >= 8 && taps.alike()) {
      row = taps.rows() / 2 * 2;
      if (row == taps.rows() && PairVectors.isTile(places, from, to, part)) {
        PairVectors.tile(taps, in, read, ofOut, write, places, from, part, gradient);
        return;
      }
      PairVectors.add(taps, row, in, read, ofOut, write, places, from, to, part, gradient);
    }
    for (; row < taps.rows(); row++) {
      int k = taps.start()[row];
      int end = taps.start()[row + 1];
      row(
          taps,
          k,
          end,
          in,
          read,
          ofOut,
          write + row * places.rowStep(),
          places,
          from,
          to,
          part,
          gradient);
    }
  }

  /**
   * Taps of a row, eight at a time.
   *
   * @param row where what it writes lies behind what row 0 does
   */
  static void row(
      Taps taps,
      int tap,
      int end,
      float[] in,
      int read,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    for (int k = tap; k < end; k += 8) {
      int moved = part.isWhole() ? -k : 0;
      if (L == 16) {
        TapVectors.eight(taps, k, end - 1, in, read, ofOut, row, places, from, to, part, moved);
      } else if (L == 8) {
        TapVectors.four(taps, k, end - 1, in, read, ofOut, row, places, from, to, part, moved);
        if (k + 4 < end) {
          TapVectors.four(
              taps, k + 4, end - 1, in, read, ofOut, row, places, from, to, part, moved);
        }
      } else {
        for (int each = k; each < Math.min(k + 8, end); each++) {
          TapVectors.lane(taps, each, in, read, ofOut, row, places, from, to, part, moved);
        }
      }
      if (part.last()) {
        int count = Math.min(8, end - k);
        sums(part.sums(), part.at() + (k + moved) * LANES, gradient, taps.base() + k, count);
      }
    }
  }

  /** The sums of so many places from {@code at} on; what lies there changes. */
  static void sums(float[] left, int at, float[] gradient, int to, int count) {
    if (L == 16) {
      WideLaneTree.many(left, at, gradient, to, count);
      return;
    }
    if (L == 8) {
      LaneTree.many(left, at, gradient, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      gradient[to + i] = ScalarKernels.tree(left, at + i * LANES);
    }
  }
}
