package io.ticketflow.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WideSums} by vectors. All have one width: a vector of floats becomes two of doubles, where
 * a narrower one of floats would put the vectors of all other loops on the heap.
 */
final class WideVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, S.vectorShape());
  private static final int L = S.length();
  private static final int HALF = L / 2;

  /** The lanes that the second half of a vector of floats has. */
  private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, ((1L << HALF) - 1) << HALF);

  private WideVectors() {}

  static void begin(double[] sums, float[] a, float[] b, float[] c, float[] d) {
    for (int i = 0; i < sums.length; i += L) {
      FloatVector va = FloatVector.fromArray(S, a, i);
      FloatVector vb = FloatVector.fromArray(S, b, i);
      FloatVector vc = FloatVector.fromArray(S, c, i);
      FloatVector vd = FloatVector.fromArray(S, d, i);
      ((DoubleVector) va.convert(VectorOperators.F2D, 0))
          .add(vb.convert(VectorOperators.F2D, 0))
          .add(vc.convert(VectorOperators.F2D, 0))
          .add(vd.convert(VectorOperators.F2D, 0))
          .intoArray(sums, i);
      ((DoubleVector) va.convert(VectorOperators.F2D, 1))
          .add(vb.convert(VectorOperators.F2D, 1))
          .add(vc.convert(VectorOperators.F2D, 1))
          .add(vd.convert(VectorOperators.F2D, 1))
          .intoArray(sums, i + HALF);
    }
  }

  static void add(double[] sums, float[] a, float[] b, float[] c, float[] d) {
    for (int i = 0; i < sums.length; i += L) {
      FloatVector va = FloatVector.fromArray(S, a, i);
      FloatVector vb = FloatVector.fromArray(S, b, i);
      FloatVector vc = FloatVector.fromArray(S, c, i);
      FloatVector vd = FloatVector.fromArray(S, d, i);
      DoubleVector.fromArray(D, sums, i)
          .add(va.convert(VectorOperators.F2D, 0))
          .add(vb.convert(VectorOperators.F2D, 0))
          .add(vc.convert(VectorOperators.F2D, 0))
          .add(vd.convert(VectorOperators.F2D, 0))
          .intoArray(sums, i);
      DoubleVector.fromArray(D, sums, i + HALF)
          .add(va.convert(VectorOperators.F2D, 1))
          .add(vb.convert(VectorOperators.F2D, 1))
          .add(vc.convert(VectorOperators.F2D, 1))
          .add(vd.convert(VectorOperators.F2D, 1))
          .intoArray(sums, i + HALF);
    }
  }

  static void add(double[] sums, float[] a) {
    for (int i = 0; i < sums.length; i += L) {
      FloatVector va = FloatVector.fromArray(S, a, i);
      DoubleVector.fromArray(D, sums, i).add(va.convert(VectorOperators.F2D, 0)).intoArray(sums, i);
      DoubleVector.fromArray(D, sums, i + HALF)
          .add(va.convert(VectorOperators.F2D, 1))
          .intoArray(sums, i + HALF);
    }
  }

  static void divide(double[] sums, int count, float[] mean) {
    for (int i = 0; i < sums.length; i += L) {
      Vector<Float> lower =
          DoubleVector.fromArray(D, sums, i).div(count).convert(VectorOperators.D2F, 0);
      Vector<Float> upper =
          DoubleVector.fromArray(D, sums, i + HALF).div(count).convert(VectorOperators.D2F, -1);
      ((FloatVector) lower.blend(upper, UPPER)).intoArray(mean, i);
    }
  }
}
