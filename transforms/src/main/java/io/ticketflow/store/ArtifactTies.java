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
  /** To count, to find where steps are large, and to merge. */
  private static final int VISITS = 1 + ThresholdSearch.VISITS + 1;

  private ArtifactTies() {}

  /**
   * An artifact with {@link TiesMerge} of every tensor's kept entries, under the networks' own
   * mask. Of a network's step the largest stay, tensor by tensor: exactly round(keep · kept
   * entries) of them, of equal ones the first. BatchNorm's statistics are merged like the rest and
   * want recalibrating.
   *
   * <p>Tensors are visited four times: to count, twice to find where steps are large, and to merge.
   * In memory are what {@link TensorVisits} says and 512 KiB of counters a network.
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
    try (TensorVisits tensors = TensorVisits.of(store, networks, anchor, VISITS)) {
      return store.write(
          writer -> {
            while (tensors.hasNext()) {
              List<Survivors> staying = staying(networks.size(), keep, tensors);
              tensors.visit(
                  VISITS - 1,
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

  /** What stays of each network's step in the next tensor. */
  private static List<Survivors> staying(int networks, double keep, TensorVisits tensors) {
    long[] entries = {0};
    tensors.visit(0, (chunks, base) -> entries[0] += base.length);
    List<ThresholdSearch> searches = new ArrayList<>();
    for (int i = 0; i < networks; i++) {
      searches.add(new ThresholdSearch(TiesMerge.kept(keep, entries[0])));
    }
    for (int visit = 1; visit <= ThresholdSearch.VISITS; visit++) {
      tensors.visit(
          visit,
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
}
