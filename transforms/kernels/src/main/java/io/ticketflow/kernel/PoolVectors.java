package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The largest of places, and the way back to them, by vectors. */
final class PoolVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private PoolVectors() {}

  static void larger(
      float[] in,
      int from,
      int step,
      float[] largest,
      int to,
      float[] chosen,
      int places,
      int number) {
    FloatVector own = FloatVector.broadcast(S, number);
    for (int v = 0; v < LANES; v += L) {
      int read = from + v;
      int at = to + v;
      for (int i = 0; i < places; i++) {
        FloatVector value = FloatVector.fromArray(S, in, read);
        FloatVector most = FloatVector.fromArray(S, largest, at);
        VectorMask<Float> takes =
            value
                .compare(VectorOperators.GT, most)
                .or(value.compare(VectorOperators.NE, value)); // NaN
        most.blend(value, takes).intoArray(largest, at);
        FloatVector.fromArray(S, chosen, at).blend(own, takes).intoArray(chosen, at);
        read += step;
        at += LANES;
      }
    }
  }

  static void addChosen(
      float[] gradient,
      int at,
      float[] chosen,
      float[] sum,
      int to,
      int step,
      int places,
      int number) {
    FloatVector own = FloatVector.broadcast(S, number);
    for (int v = 0; v < LANES; v += L) {
      int read = at + v;
      int write = to + v;
      for (int i = 0; i < places; i++) {
        FloatVector there = FloatVector.fromArray(S, sum, write);
        FloatVector both = there.add(FloatVector.fromArray(S, gradient, read));
        FloatVector numbers = FloatVector.fromArray(S, chosen, read);
        there.blend(both, numbers.compare(VectorOperators.EQ, own)).intoArray(sum, write);
        read += LANES;
        write += step;
      }
    }
  }
}
