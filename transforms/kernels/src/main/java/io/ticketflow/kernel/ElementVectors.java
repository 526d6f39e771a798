package io.ticketflow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Floats that lie side by side, one by one, by vectors. */
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

  static void add(float[] sum, int to, float[] other, int from, int floats, boolean rectified) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < floats; i += L) {
      FloatVector both =
          FloatVector.fromArray(S, sum, to + i).add(FloatVector.fromArray(S, other, from + i));
      if (rectified) {
        both = both.blend(zero, both.compare(VectorOperators.LE, zero));
      }
      both.intoArray(sum, to + i);
    }
  }

  static void normalise(
      float[] in,
      int from,
      float[] out,
      int to,
      int floats,
      float factor,
      float rest,
      boolean rectified) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector by = FloatVector.broadcast(S, factor);
    FloatVector plus = FloatVector.broadcast(S, rest);
    for (int i = 0; i < floats; i += L) {
      FloatVector normal = FloatVector.fromArray(S, in, from + i).fma(by, plus);
      if (rectified) {
        normal = normal.blend(zero, normal.compare(VectorOperators.LE, zero));
      }
      normal.intoArray(out, to + i);
    }
  }

  static void affineBack(
      float[] ofOut,
      int from,
      float[] in,
      int at,
      float[] ofIn,
      int to,
      int floats,
      float factor,
      float slope,
      float rest) {
    FloatVector by = FloatVector.broadcast(S, factor);
    FloatVector times = FloatVector.broadcast(S, slope);
    FloatVector plus = FloatVector.broadcast(S, rest);
    for (int i = 0; i < floats; i += L) {
      FloatVector moved = FloatVector.fromArray(S, in, at + i).fma(times, plus);
      FloatVector.fromArray(S, ofOut, from + i).fma(by, moved).intoArray(ofIn, to + i);
    }
  }
}
