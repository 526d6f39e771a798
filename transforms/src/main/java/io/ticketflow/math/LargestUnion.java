package io.ticketflow.math;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A union of masks of the largest keys that is exact in its number. */
public final class LargestUnion {
  private LargestUnion() {}

  /**
   * What several rankings of the same entries keep together. In turn each keeps its largest entry,
   * then its next one, and so on, until so many entries are kept: the union of every ranking's c
   * largest, and of one more of the first rankings, where c is as large as the number allows. Of
   * one ranking it is {@link LargestKeys}.
   *
   * @param keys of each ranking, compared without sign, one array a tensor; ties: the first
   *     tensor's, then the first index
   * @param kept from 0 to the number of eligible entries
   */
  public static List<Mask> of(List<List<int[]>> keys, List<Mask> eligible, long kept) {
    int total = Math.toIntExact(eligible.stream().mapToLong(Mask::size).sum());
    long[] turns = new long[total];
    Arrays.fill(turns, Long.MAX_VALUE);
    for (int ranking = 0; ranking < keys.size(); ranking++) {
      long[] order = descending(keys.get(ranking), eligible);
      for (int place = 0; place < order.length; place++) {
        int entry = (int) order[place];
        turns[entry] = Math.min(turns[entry], (long) place * keys.size() + ranking);
      }
    }
    long last = last(turns, kept);
    int[] from = {0};
    return eligible.stream()
        .map(
            mask -> {
              BitSet bits = new BitSet(mask.size());
              for (int i = 0; i < mask.size(); i++) {
                bits.set(i, turns[from[0]++] <= last);
              }
              return Mask.of(bits, mask.size());
            })
        .toList();
  }

  /** The turn in which the last one is kept; no two entries are kept in one turn. */
  private static long last(long[] turns, long kept) {
    if (kept == 0) {
      return -1;
    }
    long[] sorted = turns.clone();
    Arrays.sort(sorted);
    if (kept > sorted.length || sorted[(int) kept - 1] == Long.MAX_VALUE) {
      throw new IllegalArgumentException("cannot keep " + kept + " entries: there are fewer");
    }
    return sorted[(int) kept - 1];
  }

  /** Eligible entries, the largest first: in the low 32 bits where each is in all tensors. */
  private static long[] descending(List<int[]> keys, List<Mask> eligible) {
    long[] order = new long[(int) eligible.stream().mapToLong(Mask::kept).sum()];
    int next = 0;
    int from = 0;
    for (int tensor = 0; tensor < keys.size(); tensor++) {
      Mask mask = eligible.get(tensor);
      for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
        // The larger without sign, the smaller with it.
        long reversed = keys.get(tensor)[i] ^ Integer.MAX_VALUE;
        order[next++] = reversed << Integer.SIZE | (from + i);
      }
      from += mask.size();
    }
    Arrays.sort(order);
    return order;
  }
}
