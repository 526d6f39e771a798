package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.math.Ranking;
import io.ticketflow.math.Survivors;
import io.ticketflow.math.ThresholdSearch;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.LayerAllotment;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks of networks on storage: which weights a cycle takes away.
 *
 * <p>Weights and mask are streamed three times, a chunk at a time: two visits find the exact
 * threshold, the third writes the mask. Beside the chunks there are 512 KiB of counters, or that
 * much per layer where every layer has a threshold of its own.
 */
public final class ArtifactPruning {
  private final ArtifactStore store;

  /** Masks of networks of that store, kept there too. */
  public ArtifactPruning(ArtifactStore store) {
    this.store = store;
  }

  /**
   * The mask that keeps every entry of the prunable tensors that are not excluded: cycle 0's.
   *
   * @throws UserException naming a pattern of {@code pruning.exclude} that matches no tensor
   */
  public PrunedMask fullMask(ArtifactRef weights, PruningSpec spec) {
    Exclusions excluded = new Exclusions(spec.exclude());
    List<Span> prunable = prunableSpans(weights);
    excluded.check(prunable.stream().map(Span::tensor).distinct().toList());
    List<Span> masked =
        prunable.stream().filter(span -> !excluded.contains(span.tensor())).toList();
    LayerCounter layers = new LayerCounter();
    ArtifactRef mask =
        store.write(
            writer -> {
              for (Span span : masked) {
                Mask full = Mask.full(span.count());
                writer.append(Chunk.ofMask(span, full));
                layers.add(span, full);
              }
            });
    return PrunedMask.of(mask, layers.counts());
  }

  private List<Span> prunableSpans(ArtifactRef weights) {
    List<Span> spans = new ArrayList<>();
    try (ArtifactReader chunks = store.open(weights)) {
      while (chunks.hasNext()) {
        Span span = chunks.next().span();
        if (span.role() == TensorRole.PRUNABLE) {
          spans.add(span);
        }
      }
    }
    return spans;
  }

  /**
   * The next cycle's mask: a subset of the previous one that keeps {@code kept} entries exactly.
   *
   * <p>Within a scope (the network, or a layer) every entry kept has a magnitude, or a random key,
   * at least that of every entry pruned; ties are broken by (tensor order, index), the first stay.
   * What the previous mask prunes never counts. An entry that the mask keeps and the weights'
   * artifact does not hold has the value 0.
   *
   * @param weights the network that is ranked
   * @param spec its scope and excluded tensors count
   * @param ranking what stays
   * @param previous mask of the cycle before, as {@link #fullMask} or this method made it
   * @param kept entries to keep over all tensors of the mask
   * @throws UserException if no weight at all would be kept
   * @throws NonFiniteWeightsException naming the tensor, if any tensor of the network, BatchNorm's
   *     included, has a value that is not finite
   * @throws IllegalArgumentException if the mask keeps fewer than {@code kept} already, or naming
   *     the tensor, if the mask is not one of this network under {@code spec}
   */
  public PrunedMask prune(
      ArtifactRef weights, ArtifactRef previous, PruningSpec spec, Ranking ranking, long kept) {
    requireSome(kept);
    MaskedSpans network = new MaskedSpans(store, weights, previous, spec);
    Map<String, ThresholdSearch> searches = searches(previous, spec.scope(), kept);
    search(network, ranking, searches);
    return write(network, ranking, searches);
  }

  /**
   * Refuses to prune everything.
   *
   * @throws UserException if no weight at all would be kept
   */
  public static void requireSome(long kept) {
    if (kept < 1) {
      throw new UserException(
          "pruning leaves no weight at all: fewer cycles or a lower rate would keep some");
    }
  }

  private static void search(
      MaskedSpans network, Ranking ranking, Map<String, ThresholdSearch> searches) {
    for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
      network.visit(ranking, (span, keys, left) -> get(searches, span.tensor()).count(keys, left));
      Set.copyOf(searches.values()).forEach(ThresholdSearch::endVisit);
    }
  }

  private PrunedMask write(
      MaskedSpans network, Ranking ranking, Map<String, ThresholdSearch> searches) {
    Map<ThresholdSearch, Survivors> survivors = new HashMap<>();
    searches.values().forEach(s -> survivors.put(s, new Survivors(s.threshold())));
    LayerCounter layers = new LayerCounter();
    ArtifactRef mask =
        store.write(
            writer ->
                network.visit(
                    ranking,
                    (span, keys, left) -> {
                      Survivors of = get(survivors, get(searches, span.tensor()));
                      Mask next = of.next(keys, left);
                      writer.append(Chunk.ofMask(span, next));
                      layers.add(span, next);
                    }));
    return PrunedMask.of(mask, layers.counts());
  }

  private static <K, V> V get(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the mask lacks tensor " + key);
    }
    return value;
  }

  /** The search that each tensor of the mask takes part in. */
  private Map<String, ThresholdSearch> searches(ArtifactRef previous, Scope scope, long kept) {
    LayerCounter layers = new LayerCounter();
    List<List<Long>> shapes = new ArrayList<>();
    try (ArtifactReader chunks = store.open(previous)) {
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        Span span = chunk.span();
        layers.add(span, chunk.mask().orElseGet(() -> Mask.full(span.count())));
        if (span.isLast()) {
          shapes.add(span.shape());
        }
      }
    }
    List<LayerCount> counts = layers.counts();
    long[] left = counts.stream().mapToLong(LayerCount::getKept).toArray();
    Map<String, ThresholdSearch> searches = new HashMap<>();
    if (scope == Scope.GLOBAL) {
      ThresholdSearch all = new ThresholdSearch(kept);
      counts.forEach(layer -> searches.put(layer.getTensor(), all));
      return searches;
    }
    long[] allotted = LayerAllotment.of(scope, shapes, left, kept);
    for (int i = 0; i < allotted.length; i++) {
      searches.put(counts.get(i).getTensor(), new ThresholdSearch(allotted[i]));
    }
    return searches;
  }
}
