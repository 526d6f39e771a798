package io.ticketflow.network;

import io.ticketflow.math.Triangle;
import io.ticketflow.schemas.TensorRole;
import java.util.Iterator;
import java.util.Optional;

/**
 * The plane through three networks, by their trained weights; BatchNorm's running statistics do not
 * count. Gram and Schmidt's basis, in double.
 */
public final class WeightPlane {
  /** Float weights are known to 6e-8: a height below this part of a side is their rounding. */
  private static final double FLAT = 1e-6;

  private WeightPlane() {}

  /** The triangle of three networks of one graph; none if they lie on one line. */
  public static Optional<Triangle> through(TensorSet first, TensorSet second, TensorSet third) {
    double right = 0;
    double along = 0;
    double away = 0;
    for (Sides sides = new Sides(first, second, third); sides.next(); ) {
      right += sides.second * sides.second;
      along += sides.second * sides.third;
      away += sides.third * sides.third;
    }
    if (right == 0) {
      return Optional.empty();
    }
    double height = 0;
    for (Sides sides = new Sides(first, second, third); sides.next(); ) {
      double up = sides.third - along / right * sides.second;
      height += up * up;
    }
    return Math.sqrt(height) <= FLAT * Math.sqrt(Math.max(away, right))
        ? Optional.empty()
        : Optional.of(new Triangle(Math.sqrt(right), along / Math.sqrt(right), Math.sqrt(height)));
  }

  /** The second and the third network less the first one, entry by entry. */
  private static final class Sides {
    private final Iterator<Tensor> firsts;
    private final Iterator<Tensor> seconds;
    private final Iterator<Tensor> thirds;
    private float[] a = {};
    private float[] b = {};
    private float[] c = {};
    private int entry;
    private double second;
    private double third;

    Sides(TensorSet first, TensorSet second, TensorSet third) {
      firsts = first.tensors().iterator();
      seconds = second.tensors().iterator();
      thirds = third.tensors().iterator();
    }

    boolean next() {
      while (entry == a.length) {
        if (!firsts.hasNext()) {
          return false;
        }
        Tensor tensor = firsts.next();
        b = seconds.next().values();
        c = thirds.next().values();
        a = tensor.role() == TensorRole.BUFFER ? new float[0] : tensor.values();
        entry = 0;
      }
      second = (double) b[entry] - a[entry];
      third = (double) c[entry] - a[entry];
      entry++;
      return true;
    }
  }
}
