package io.ticketflow.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The largest keys by one visit of all entries: those above a bracket are kept, those below it are
 * not, and those within, which are few, are set aside and ranked.
 */
final class BracketedSelection {
  /** One entry of so many may be set aside, at 8 bytes. */
  private static final int ENTRIES_A_CANDIDATE = 16;

  private final int low;
  private final int high;
  private final int most;

  /** Keys and indices of those within the bracket, tensor by tensor, in order. */
  private int[] keys = new int[1 << 10];

  private int[] places = new int[1 << 10];
  private int candidates;
  private long above;

  private BracketedSelection(Bracket bracket, long entries) {
    // Flipped, so that the order of ints is that of keys without sign.
    this.low = bracket.low() ^ Integer.MIN_VALUE;
    this.high = bracket.high() ^ Integer.MIN_VALUE;
    this.most = (int) Math.min(entries / ENTRIES_A_CANDIDATE, 1 << 28);
  }

  /**
   * As {@link LargestKeys#of(Ranking, List, long)} has it.
   *
   * @return empty if the bracket misses, or too many entries lie within
   */
  static Optional<List<Mask>> of(
      Bracket bracket, Ranking ranking, List<Ranked> tensors, long kept) {
    long entries = tensors.stream().mapToLong(tensor -> tensor.values().length).sum();
    return new BracketedSelection(bracket, entries).select(ranking, tensors, kept);
  }

  private Optional<List<Mask>> select(Ranking ranking, List<Ranked> tensors, long kept) {
    List<long[]> words = new ArrayList<>();
    int[] ends = new int[tensors.size()];
    for (Ranked tensor : tensors) {
      long[] all = Mask.words(tensor.values().length);
      tensor.visit(ranking, (from, piece, eligible) -> sift(piece, from, eligible, all));
      ends[words.size()] = candidates;
      words.add(all);
    }
    long rest = kept - above;
    if (candidates > most || rest < 0 || rest > candidates) {
      return Optional.empty();
    }
    Mask chosen = LargestKeys.of(Arrays.copyOf(keys, candidates), Mask.full(candidates), rest);
    List<Mask> masks = new ArrayList<>();
    int next = chosen.nextKept(0);
    for (int t = 0; t < ends.length; t++) {
      long[] all = words.get(t);
      for (; next >= 0 && next < ends[t]; next = chosen.nextKept(next + 1)) {
        all[places[next] >>> 6] |= 1L << places[next];
      }
      masks.add(Mask.ofWords(all, tensors.get(t).values().length));
    }
    return Optional.of(masks);
  }

  private void sift(int[] piece, int from, Mask eligible, long[] words) {
    long low = this.low;
    long high = this.high;
    long[] open = eligible.toWords();
    for (int word = 0; word < open.length; word++) {
      int begin = word * Long.SIZE;
      int count = Math.min(eligible.size() - begin, Long.SIZE);
      long greater = 0;
      long less = 0;
      for (int i = 0; i < count; i++) {
        long key = piece[begin + i] ^ Integer.MIN_VALUE;
        // The sign of a difference, without a branch: which keys are large follows no pattern.
        greater = (greater >>> 1) | ((high - key) & Long.MIN_VALUE);
        less = (less >>> 1) | ((key - low) & Long.MIN_VALUE);
      }
      int shift = Long.SIZE - count;
      greater = greater >>> shift & open[word];
      long within = open[word] & ~(less >>> shift) & ~greater;
      words[from / Long.SIZE + word] = greater;
      above += Long.bitCount(greater);
      for (; within != 0; within &= within - 1) {
        int i = begin + Long.numberOfTrailingZeros(within);
        add(piece[i], from + i);
      }
    }
  }

  private void add(int key, int place) {
    if (candidates > most) {
      return;
    }
    if (candidates == keys.length) {
      keys = Arrays.copyOf(keys, candidates + candidates / 2);
      places = Arrays.copyOf(places, candidates + candidates / 2);
    }
    keys[candidates] = key;
    places[candidates++] = place;
  }
}
