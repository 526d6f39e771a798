package io.ticketflow.pipelines.compare;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ArtifactReader;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Chunk;
import io.ticketflow.store.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one tensor of two artifacts differs.
 *
 * @param entries that the tensor has
 * @param different of those
 * @param entry row-major index of the one whose values are farthest apart, the first of equals
 * @param here its value; 0 where it is pruned, and 1 where a mask alone keeps it
 * @param there likewise, in the other artifact
 */
public record TensorDifference(
    String tensor, long entries, long different, long entry, float here, float there) {
  /**
   * The tensors that differ in a bit or in whether an entry is kept, in the artifacts' order. Of
   * artifacts with other tensors the list ends with the first one that the other lacks, all of
   * whose entries differ. One chunk of each is in memory at a time.
   *
   * @throws io.ticketflow.store.DamagedArtifactException naming the file that cannot be read
   */
  public static List<TensorDifference> between(
      ArtifactStore here, ArtifactRef refHere, ArtifactStore there, ArtifactRef refThere) {
    List<TensorDifference> found = new ArrayList<>();
    try (ArtifactReader a = here.open(refHere);
        ArtifactReader b = there.open(refThere)) {
      Count count = new Count();
      while (a.hasNext() && b.hasNext()) {
        Chunk left = a.next();
        Chunk right = b.next();
        if (!left.span().equals(right.span())) {
          found.add(lacking(left.span()));
          return found;
        }
        count.add(left, right);
        if (left.span().isLast()) {
          count.end(left.span()).ifPresent(found::add);
          count = new Count();
        }
      }
      if (a.hasNext() || b.hasNext()) {
        found.add(lacking((a.hasNext() ? a : b).next().span()));
      }
    }
    return found;
  }

  /** How far the two values are apart; what is not finite is farther than all else. */
  public double distance() {
    double distance = Math.abs((double) here - there);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  private static TensorDifference lacking(Span span) {
    return new TensorDifference(span.tensor(), span.size(), span.size(), 0, Float.NaN, Float.NaN);
  }

  /** Of one tensor, chunk by chunk. */
  private static final class Count {
    private long different;
    private Optional<TensorDifference> farthest = Optional.empty();

    void add(Chunk left, Chunk right) {
      Span span = left.span();
      float[] here = values(left);
      float[] there = values(right);
      for (int i = 0; i < span.count(); i++) {
        if (Float.floatToRawIntBits(here[i]) != Float.floatToRawIntBits(there[i])
            || left.keeps(i) != right.keeps(i)) {
          different++;
          TensorDifference one =
              new TensorDifference(
                  span.tensor(), span.size(), 1, span.offset() + i, here[i], there[i]);
          if (farthest.isEmpty() || one.distance() > farthest.get().distance()) {
            farthest = Optional.of(one);
          }
        }
      }
    }

    Optional<TensorDifference> end(Span span) {
      return farthest.map(
          one ->
              new TensorDifference(
                  span.tensor(), span.size(), different, one.entry, one.here, one.there));
    }

    private static float[] values(Chunk chunk) {
      float[] values = new float[chunk.span().count()];
      if (chunk.values().isPresent()) {
        chunk.copyDense(values, 0);
      } else {
        for (int i = 0; i < values.length; i++) {
          values[i] = chunk.keeps(i) ? 1f : 0f;
        }
      }
      return values;
    }
  }
}
