package io.ticketflow.store;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.Ranking;
import io.ticketflow.math.Survivors;
import io.ticketflow.math.ThresholdSearch;
import io.ticketflow.math.TiesMerge;
import io.ticketflow.schemas.ArtifactRef;
import java.util.ArrayList;
import java.util.List;

/** TIES-merging of networks of one shape and one mask, and the network they set out from. */
public final class ArtifactTies {
  private ArtifactTies() {}

  /**
   * An artifact with {@link TiesMerge} of every tensor's kept entries, under the networks' own
   * mask. Of a network's step the largest stay, tensor by tensor: exactly round(keep · kept
   * entries) of them, of equal ones the first. BatchNorm's statistics are merged like the rest and
   * want recalibrating.
   *
   * <p>The networks are read three times, tensor by tensor: twice to find where steps are large, and
   * to merge; the first one once more, to count. In memory are a chunk of each and 512 KiB of
   * counters a network.
   *
   * @param networks in particle order, at least one
   * @param anchor of the same tensors; its own mask may be another, and what it prunes counts as 0
   * @param keep above 0 and at most 1
   * @param scale λ
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors or shapes
   *     than the first, or a network another mask
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef of(
      ArtifactStore store,
      List<ArtifactRef> networks,
      ArtifactRef anchor,
      double keep,
      double scale) {
    try (AlikeNetworks counted = AlikeNetworks.open(store, networks.subList(0, 1));
        Reading first = Reading.of(store, networks, anchor);
        Reading second = Reading.of(store, networks, anchor);
        Reading last = Reading.of(store, networks, anchor)) {
      return store.write(
          writer -> {
            while (last.alike.hasNext()) {
              long kept = TiesMerge.kept(keep, entries(counted));
              List<Survivors> staying = staying(networks.size(), kept, first, second);
              last.tensor(
                  (chunks, base) -> {
                    List<Mask> masks = new ArrayList<>();
                    for (int i = 0; i < staying.size(); i++) {
                      masks.add(staying.get(i).next(keys(chunks, i, base), Mask.full(base.length)));
                    }
                    writer.append(chunks.with(TiesMerge.of(base, chunks.kept(), masks, scale)));
                  });
            }
          });
    }
  }

  /** Kept entries of the next tensor. */
  private static long entries(AlikeNetworks networks) {
    long entries = 0;
    AlikeNetworks.Beside chunks;
    do {
      chunks = networks.next();
      entries += chunks.first().kept().length;
    } while (!chunks.first().span().isLast());
    return entries;
  }

  /** What stays of each network's step in the next tensor. */
  private static List<Survivors> staying(int networks, long kept, Reading... visits) {
    List<ThresholdSearch> searches = new ArrayList<>();
    for (int i = 0; i < networks; i++) {
      searches.add(new ThresholdSearch(kept));
    }
    for (Reading visit : visits) {
      visit.tensor(
          (chunks, base) -> {
            for (int i = 0; i < searches.size(); i++) {
              searches.get(i).count(keys(chunks, i, base), Mask.full(base.length));
            }
          });
      searches.forEach(ThresholdSearch::endVisit);
    }
    return searches.stream().map(search -> new Survivors(search.threshold())).toList();
  }

  private static int[] keys(AlikeNetworks.Beside chunks, int network, float[] base) {
    Ranking.Keys sizes = new MagnitudeRanking().of(chunks.first().span().tensor());
    return sizes.next(TiesMerge.step(chunks.kept().get(network), base));
  }

  /** One reading of the networks beside their anchor. */
  private record Reading(AlikeNetworks alike, ArtifactReader base) implements AutoCloseable {
    static Reading of(ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor) {
      AlikeNetworks alike = AlikeNetworks.open(store, networks);
      try {
        return new Reading(alike, store.open(anchor));
      } catch (RuntimeException e) {
        alike.close();
        throw e;
      }
    }

    /** Visits the chunks of the next tensor. */
    void tensor(Visitor visitor) {
      AlikeNetworks.Beside chunks;
      do {
        chunks = alike.next();
        visitor.visit(chunks, chunks.keptOf(base));
      } while (!chunks.first().span().isLast());
    }

    @Override
    public void close() {
      alike.close();
      base.close();
    }
  }

  /** Takes the networks' kept entries, and the anchor's at the same places. */
  private interface Visitor {
    void visit(AlikeNetworks.Beside chunks, float[] base);
  }
}
