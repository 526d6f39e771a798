package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.math.Ranking;
import io.ticketflow.network.Exclusions;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.PruningSpec;
import java.util.Locale;
import java.util.Optional;

/** The prunable weights of a network beside a mask of them, both on storage. */
final class MaskedSpans {
  private final ArtifactStore store;
  private final ArtifactRef weights;
  private final ArtifactRef mask;
  private final Exclusions excluded;

  /** Takes the keys of a span's entries and which of them the mask keeps. */
  interface Visitor {
    void visit(Span span, int[] keys, Mask left);
  }

  MaskedSpans(ArtifactStore store, ArtifactRef weights, ArtifactRef mask, PruningSpec spec) {
    this.store = store;
    this.weights = weights;
    this.mask = mask;
    this.excluded = new Exclusions(spec.exclude());
  }

  /**
   * Visits all prunable weights once, in order.
   *
   * @throws NonFiniteWeightsException naming the tensor, whatever its role
   * @throws IllegalArgumentException naming the tensor, if network and mask do not fit together
   */
  void visit(Ranking ranking, Visitor visitor) {
    try (ArtifactReader network = store.open(weights);
        ArtifactReader masks = store.open(mask)) {
      Optional<Ranking.Keys> keys = Optional.empty();
      while (network.hasNext()) {
        Chunk chunk = network.next();
        Span span = chunk.span();
        NonFiniteWeightsException.check(span.tensor(), chunk.kept());
        if (span.role() != TensorRole.PRUNABLE || excluded.contains(span.tensor())) {
          continue;
        }
        keys = span.offset() == 0 ? Optional.of(ranking.of(span.tensor())) : keys;
        float[] values = new float[span.count()];
        chunk.copyDense(values, 0);
        visitor.visit(span, keys.orElseThrow().next(values), beside(span, masks));
      }
      if (masks.hasNext()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "mask %s has tensor %s, which network %s has not or excludes",
                masks.path(),
                masks.next().span().tensor(),
                network.path()));
      }
    }
  }

  private static Mask beside(Span span, ArtifactReader masks) {
    if (!masks.hasNext()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "mask %s lacks tensor %s", masks.path(), span.tensor()));
    }
    Chunk chunk = masks.next();
    if (!chunk.span().equals(span)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "mask %s has tensor %s %s where the network has %s %s",
              masks.path(),
              chunk.span().tensor(),
              chunk.span().shape(),
              span.tensor(),
              span.shape()));
    }
    return chunk.mask().orElseGet(() -> Mask.full(span.count()));
  }
}
