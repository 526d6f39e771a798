package io.ticketflow.math;

import java.util.ArrayList;
import java.util.List;

/** Selections in memory: the masks of the largest keys, exact in their number. */
public final class LargestKeys {
  private LargestKeys() {}

  /**
   * The eligible entries of the largest keys, over all tensors together.
   *
   * @param keys compared without sign, one array a tensor; ties: the first tensor's, then the first
   *     index stays
   * @param kept from 0 to the number of eligible entries
   */
  public static List<Mask> of(List<int[]> keys, List<Mask> eligible, long kept) {
    ThresholdSearch search = new ThresholdSearch(kept);
    for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
      for (int i = 0; i < keys.size(); i++) {
        search.count(keys.get(i), eligible.get(i));
      }
      search.endVisit();
    }
    Survivors survivors = new Survivors(search.threshold());
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      masks.add(survivors.next(keys.get(i), eligible.get(i)));
    }
    return masks;
  }

  /**
   * The same of keys that are made while they are looked at, a piece at a time. Beside the masks
   * that come out it takes less than a MiB and a byte an entry. Where a {@link Bracket} holds, keys
   * are made once, else three times more.
   *
   * @param kept from 0 to the number of eligible entries
   * @throws NonFiniteWeightsException naming the tensor
   */
  public static List<Mask> of(Ranking ranking, List<Ranked> tensors, long kept) {
    return Bracket.of(ranking, tensors, kept)
        .flatMap(bracket -> BracketedSelection.of(bracket, ranking, tensors, kept))
        .orElseGet(() -> counted(ranking, tensors, kept));
  }

  private static List<Mask> counted(Ranking ranking, List<Ranked> tensors, long kept) {
    ThresholdSearch search = new ThresholdSearch(kept);
    for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
      for (Ranked tensor : tensors) {
        tensor.visit(ranking, (from, keys, eligible) -> search.count(keys, eligible));
      }
      search.endVisit();
    }
    Survivors survivors = new Survivors(search.threshold());
    List<Mask> masks = new ArrayList<>();
    for (Ranked tensor : tensors) {
      long[] words = Mask.words(tensor.values().length);
      tensor.visit(
          ranking,
          (from, keys, eligible) -> {
            long[] part = survivors.next(keys, eligible).toWords();
            System.arraycopy(part, 0, words, from / Long.SIZE, part.length);
          });
      masks.add(Mask.ofWords(words, tensor.values().length));
    }
    return masks;
  }

  /** The eligible entries of the largest keys of one tensor. */
  public static Mask of(int[] keys, Mask eligible, long kept) {
    return of(List.of(keys), List.of(eligible), kept).get(0);
  }
}
