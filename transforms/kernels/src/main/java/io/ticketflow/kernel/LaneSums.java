package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums over places that lie side by side, lane by lane, by vectors. */
final class LaneSums {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private LaneSums() {}

  static void sum(float[] values, int at, int places, float[] sums, int lanes) {
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, lanes + v);
      int from = at + v;
      for (int i = 0; i < places; i++, from += LANES) {
        sum = sum.add(FloatVector.fromArray(S, values, from));
      }
      sum.intoArray(sums, lanes + v);
    }
  }

  static void squares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares, int lanes) {
    FloatVector centre = FloatVector.broadcast(S, pivot);
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, lanes + v);
      FloatVector square = FloatVector.fromArray(S, squares, lanes + v);
      int from = at + v;
      for (int i = 0; i < places; i++, from += LANES) {
        FloatVector away = FloatVector.fromArray(S, values, from).sub(centre);
        sum = sum.add(away);
        square = away.fma(away, square);
      }
      sum.intoArray(sums, lanes + v);
      square.intoArray(squares, lanes + v);
    }
  }

  static void reduceBack(
      float[] in,
      int from,
      float[] gradient,
      int to,
      int places,
      float factor,
      float rest,
      boolean rectified,
      float mean,
      float[] sums,
      float[] products,
      int lanes) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector by = FloatVector.broadcast(S, factor);
    FloatVector plus = FloatVector.broadcast(S, rest);
    FloatVector centre = FloatVector.broadcast(S, mean);
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, lanes + v);
      FloatVector product = FloatVector.fromArray(S, products, lanes + v);
      int x = from + v;
      int y = to + v;
      for (int i = 0; i < places; i++, x += LANES, y += LANES) {
        FloatVector value = FloatVector.fromArray(S, in, x);
        FloatVector back = FloatVector.fromArray(S, gradient, y);
        if (rectified) {
          back = zero.blend(back, value.fma(by, plus).compare(VectorOperators.GT, zero));
          back.intoArray(gradient, y);
        }
        sum = sum.add(back);
        product = back.fma(value.sub(centre), product);
      }
      sum.intoArray(sums, lanes + v);
      product.intoArray(products, lanes + v);
    }
  }
}
