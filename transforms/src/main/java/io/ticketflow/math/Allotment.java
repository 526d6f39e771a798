package io.ticketflow.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How many entries each layer keeps when pruning is layer-wise. The counts sum to the target
 * exactly, and no layer keeps more than it has left, because masks only shrink.
 *
 * <p>Every layer gets a share in proportion to its weight. One whose share is more than it has
 * keeps all it has, and the rest is shared anew among the others, until every share fits; that is
 * the construction of Evci et al. (RigL, ICML 2020, section 3), with what a layer has left in place
 * of density 1. Shares are rounded down, and the entries still due go to the layers of the largest
 * remainders, ties by the layers' order. All of it is exact, in whole numbers. A layer may be left
 * with none.
 */
public final class Allotment {
  private Allotment() {}

  /**
   * The same density in every layer.
   *
   * @param sizes entries of each layer
   * @param left entries that each layer has left
   * @param target entries to keep in all, from 0 to the sum of {@code left}
   */
  public static long[] uniform(long[] sizes, long[] left, long target) {
    return share(sizes, left, target);
  }

  /**
   * The first layer keeps all it has left, the others have one density (Evci et al., section 3,
   * "Uniform"): small as a first convolution is, its weights matter most. Where the target leaves
   * nothing to the others, all layers share as in {@link #uniform}.
   *
   * @param sizes entries of each layer
   * @param left entries that each layer has left
   * @param target entries to keep in all, from 0 to the sum of {@code left}
   */
  public static long[] uniformButFirst(long[] sizes, long[] left, long target) {
    if (left.length < 2 || target <= left[0]) {
      return uniform(sizes, left, target);
    }
    long[] others =
        uniform(
            Arrays.copyOfRange(sizes, 1, sizes.length),
            Arrays.copyOfRange(left, 1, left.length),
            target - left[0]);
    return LongStream.concat(LongStream.of(left[0]), LongStream.of(others)).toArray();
  }

  /**
   * Erdős–Rényi: the density of a layer is in proportion to the sum of its inputs and outputs over
   * their product, (in + out) / (in · out), whatever its kernel (Mocanu et al. 2018, equation 1).
   *
   * @param shapes dimensions of each layer, out × in × …
   * @param left entries that each layer has left
   * @param target entries to keep in all, from 0 to the sum of {@code left}
   */
  public static long[] erdosRenyi(List<List<Long>> shapes, long[] left, long target) {
    long[] weights =
        shapes.stream()
            .mapToLong(
                s ->
                    s.stream().limit(2).mapToLong(Long::longValue).sum()
                        * s.stream().skip(2).reduce(1L, Math::multiplyExact))
            .toArray();
    return share(weights, left, target);
  }

  /**
   * Erdős–Rényi kernel: the density of a layer is in proportion to the sum of its dimensions over
   * their product, (in + out + height + width) / (in · out · height · width).
   *
   * @param shapes dimensions of each layer
   * @param left entries that each layer has left
   * @param target entries to keep in all, from 0 to the sum of {@code left}
   */
  public static long[] erdosRenyiKernel(List<List<Long>> shapes, long[] left, long target) {
    long[] weights =
        shapes.stream().mapToLong(s -> s.stream().mapToLong(Long::longValue).sum()).toArray();
    return share(weights, left, target);
  }

  private static long[] share(long[] weights, long[] left, long target) {
    check(weights, left, target);
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      open.add(i);
    }
    long[] kept = new long[left.length];
    long due = target;
    while (true) {
      Shares shares = Shares.of(weights, open, due);
      List<Integer> capped = open.stream().filter(i -> shares.exceeds(i, left[i])).toList();
      if (capped.isEmpty()) {
        shares.round(open, kept);
        return kept;
      }
      for (int i : capped) {
        kept[i] = left[i];
        due -= left[i];
      }
      open.removeAll(capped);
    }
  }

  private static void check(long[] weights, long[] left, long target) {
    if (weights.length != left.length) {
      throw new IllegalArgumentException(
          weights.length + " layers, but what is left of " + left.length);
    }
    long available = 0;
    for (long entries : left) {
      available = Math.addExact(available, entries);
    }
    if (target < 0 || target > available) {
      throw new IllegalArgumentException(
          "cannot keep " + target + " entries of " + available + " that are left");
    }
  }

  /** The share of layer i is due · weights[i] / sum. */
  private record Shares(long[] weights, BigInteger sum, long due) {
    static Shares of(long[] weights, List<Integer> open, long due) {
      long sum = open.stream().mapToLong(i -> weights[i]).sum();
      return new Shares(weights, BigInteger.valueOf(sum), due);
    }

    boolean exceeds(int layer, long left) {
      return dividend(layer).compareTo(sum.multiply(BigInteger.valueOf(left))) > 0;
    }

    void round(List<Integer> open, long[] kept) {
      long rest = due;
      for (int i : open) {
        kept[i] = dividend(i).divide(sum).longValueExact();
        rest -= kept[i];
      }
      // A share with a remainder is below its whole-numbered cap, so one more always fits. The
      // sort is stable: ties stay in the layers' order.
      open.stream()
          .sorted(Comparator.comparing((Integer i) -> dividend(i).mod(sum)).reversed())
          .limit(rest)
          .forEach(i -> kept[i]++);
    }

    private BigInteger dividend(int layer) {
      return BigInteger.valueOf(due).multiply(BigInteger.valueOf(weights[layer]));
    }
  }
}
