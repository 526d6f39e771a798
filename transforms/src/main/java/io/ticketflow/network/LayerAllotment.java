package io.ticketflow.network;

import io.ticketflow.math.Allotment;
import io.ticketflow.spec.PruningSpec.Scope;
import java.util.List;

/** How many entries each layer keeps under a scope that ranks layers by themselves. */
public final class LayerAllotment {
  private static final int AXES_OF_CONVOLUTION = 4;

  private LayerAllotment() {}

  /** Whether a weight of that shape is a convolution's: out × in × height × width. */
  static boolean isConvolution(List<Long> shape) {
    return shape.size() == AXES_OF_CONVOLUTION;
  }

  /**
   * Entries to keep, layer by layer.
   *
   * @param scope any but GLOBAL, under which counts come of the weights
   * @param shapes dimensions of each layer, in the network's order
   * @param left entries that each layer has left
   * @param kept entries to keep in all
   */
  public static long[] of(Scope scope, List<List<Long>> shapes, long[] left, long kept) {
    long[] sizes =
        shapes.stream().mapToLong(s -> s.stream().reduce(1L, Math::multiplyExact)).toArray();
    return switch (scope) {
      case GLOBAL -> throw new IllegalArgumentException("a global scope allots nothing to layers");
      case UNIFORM -> Allotment.uniform(sizes, left, kept);
      case UNIFORM_DENSE_FIRST ->
          isConvolution(shapes.get(0))
              ? Allotment.uniformButFirst(sizes, left, kept)
              : Allotment.uniform(sizes, left, kept);
      case ER -> Allotment.erdosRenyi(shapes, left, kept);
      case ERK -> Allotment.erdosRenyiKernel(shapes, left, kept);
    };
  }
}
