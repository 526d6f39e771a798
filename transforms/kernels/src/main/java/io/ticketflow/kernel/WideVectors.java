package io.ticketflow.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
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
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final int L = S.length();
  private static final int HALF = L / 2;

  /** The lanes that the second half of a vector of floats has. */
  private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, ((1L << HALF) - 1) << HALF);

  private WideVectors() {}

  static void addFour(double[] sums, byte[][] arrays, int[] places, int k) {
    byte[] a = arrays[k];
    byte[] b = arrays[k + 1];
    byte[] c = arrays[k + 2];
    byte[] d = arrays[k + 3];
    int atA = places[k];
    int atB = places[k + 1];
    int atC = places[k + 2];
    int atD = places[k + 3];
    for (int i = 0; i < sums.length; i += L) {
      int at = Float.BYTES * i;
      FloatVector va = FloatVector.fromByteArray(S, a, atA + at, ORDER);
      FloatVector vb = FloatVector.fromByteArray(S, b, atB + at, ORDER);
      FloatVector vc = FloatVector.fromByteArray(S, c, atC + at, ORDER);
      FloatVector vd = FloatVector.fromByteArray(S, d, atD + at, ORDER);
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

  static void add(double[] sums, byte[] array, int place) {
    for (int i = 0; i < sums.length; i += L) {
      FloatVector all = FloatVector.fromByteArray(S, array, place + Float.BYTES * i, ORDER);
      DoubleVector.fromArray(D, sums, i)
          .add(all.convert(VectorOperators.F2D, 0))
          .intoArray(sums, i);
      DoubleVector.fromArray(D, sums, i + HALF)
          .add(all.convert(VectorOperators.F2D, 1))
          .intoArray(sums, i + HALF);
    }
  }

  static boolean divide(double[] sums, int count, byte[] mean, int at) {
    FloatVector nothing = FloatVector.zero(S);
    for (int i = 0; i < sums.length; i += L) {
      FloatVector lower =
          (FloatVector)
              DoubleVector.fromArray(D, sums, i).div(count).convert(VectorOperators.D2F, 0);
      FloatVector upper =
          (FloatVector)
              DoubleVector.fromArray(D, sums, i + HALF).div(count).convert(VectorOperators.D2F, -1);
      FloatVector all = lower.blend(upper, UPPER);
      all.intoByteArray(mean, at + Float.BYTES * i, ORDER);
      nothing = nothing.add(all.sub(all)); // of what is not finite the difference is NaN
    }
    return nothing.reduceLanes(VectorOperators.ADD) == 0;
  }
}
