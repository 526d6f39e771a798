package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Passes over places that lie side by side, by vectors. */
final class ElementVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private ElementVectors() {}

  static void rectifyBack(float[] values, float[] gradient, int from, int to) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = from; i < to; i += L) {
      FloatVector there = FloatVector.fromArray(S, values, i);
      FloatVector all = FloatVector.fromArray(S, gradient, i);
      zero.blend(all, there.compare(VectorOperators.GT, zero)).intoArray(gradient, i);
    }
  }

  static void sum(float[] values, int at, int places, float[] sums) {
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, v);
      int from = at + v;
      for (int i = 0; i < places; i++, from += LANES) {
        sum = sum.add(FloatVector.fromArray(S, values, from));
      }
      sum.intoArray(sums, v);
    }
  }

  static void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares) {
    FloatVector centre = FloatVector.broadcast(S, pivot);
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, v);
      FloatVector square = FloatVector.fromArray(S, squares, v);
      int from = at + v;
      for (int i = 0; i < places; i++, from += LANES) {
        FloatVector away = FloatVector.fromArray(S, values, from).sub(centre);
        sum = sum.add(away);
        square = away.fma(away, square);
      }
      sum.intoArray(sums, v);
      square.intoArray(squares, v);
    }
  }

  static void sumProducts(
      float[] factors,
      int factorsAt,
      float[] values,
      int valuesAt,
      int places,
      float mean,
      float[] sums,
      float[] products) {
    FloatVector centre = FloatVector.broadcast(S, mean);
    for (int v = 0; v < LANES; v += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, v);
      FloatVector product = FloatVector.fromArray(S, products, v);
      int x = factorsAt + v;
      int y = valuesAt + v;
      for (int i = 0; i < places; i++, x += LANES, y += LANES) {
        FloatVector factor = FloatVector.fromArray(S, factors, x);
        FloatVector away = FloatVector.fromArray(S, values, y).sub(centre);
        sum = sum.add(factor);
        product = factor.fma(away, product);
      }
      sum.intoArray(sums, v);
      product.intoArray(products, v);
    }
  }
}
