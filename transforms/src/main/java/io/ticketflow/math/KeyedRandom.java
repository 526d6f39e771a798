package io.ticketflow.math;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A stream of random numbers that is a function of what it is for: a seed and a path of labels,
 * such as {@code of(seed, "cycle", 3, "particle", 0, "epoch", 12, "order")}.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood 2014), seeded with the first 64 bits of the
 * SHA-256 of the labels, each preceded by its length so that no two paths collide. Results are the
 * same on every platform: gaussians go through {@link StrictMath}. Not thread-safe, and not for
 * secrets.
 */
public final class KeyedRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT_53 = 0x1.0p-53;
  private static final float UNIT_24 = 0x1.0p-24f;

  private long state;
  private double spareGaussian = Double.NaN;

  /** SplitMix64 from a bare state, for tests against published values. */
  KeyedRandom(long state) {
    this.state = state;
  }

  /** The stream that belongs to this seed and path. Labels count by their {@code toString()}. */
  public static KeyedRandom of(long seed, Object... path) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
    for (Object label : path) {
      byte[] bytes = label.toString().getBytes(UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return new KeyedRandom(ByteBuffer.wrap(digest.digest()).getLong());
  }

  /**
   * The number at that index (from 0) of the stream that starts at a key, reached without drawing
   * those before it: for draws that must not depend on the order they are asked for.
   */
  public static long at(long key, long index) {
    return mix(key + (index + 1) * GOLDEN);
  }

  /** Uniform over all longs. */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, bound), without modulo bias; bound must be positive. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, got " + bound);
    }
    long limit = (1L << 32) / bound * bound;
    while (true) {
      long draw = nextLong() >>> 32;
      if (draw < limit) {
        return (int) (draw % bound);
      }
    }
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * UNIT_53;
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  public float nextFloat() {
    return (nextLong() >>> 40) * UNIT_24;
  }

  /** Either, each with probability 1/2. */
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Standard normal, by Marsaglia's polar method. */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = v * scale;
        return u * scale;
      }
    }
  }

  /** A uniformly random order of 0 … n − 1 (Fisher–Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
