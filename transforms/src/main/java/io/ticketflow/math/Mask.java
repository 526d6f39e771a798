package io.ticketflow.math;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which entries of one tensor are kept: bit i is entry i in row-major order, 1 = kept. Immutable.
 *
 * <p>The packed form has the least significant bit first, as {@code numpy.unpackbits(…,
 * bitorder="little")} reads it; bits past the size are 0.
 */
public final class Mask {
  private final BitSet bits;
  private final int size;

  private Mask(BitSet bits, int size) {
    this.bits = bits;
    this.size = size;
  }

  /** A mask that keeps all of {@code size} entries. */
  public static Mask full(int size) {
    BitSet bits = new BitSet(size);
    bits.set(0, size);
    return new Mask(bits, size);
  }

  /** A mask over {@code size} entries that keeps the bits set; copies them. */
  public static Mask of(BitSet bits, int size) {
    if (bits.length() > size) {
      throw new IllegalArgumentException(
          "bit " + (bits.length() - 1) + " is outside a mask of " + size + " entries");
    }
    return new Mask((BitSet) bits.clone(), size);
  }

  /** Room for a mask over {@code size} entries: entry i is bit i mod 64 of word i / 64. */
  public static long[] words(int size) {
    return new long[(size + 63) >>> 6];
  }

  /** A mask over {@code size} entries that keeps the bits set in such words; copies them. */
  public static Mask ofWords(long[] words, int size) {
    BitSet bits = BitSet.valueOf(words);
    if (bits.length() > size) {
      throw new IllegalArgumentException(
          "bit " + (bits.length() - 1) + " is outside a mask of " + size + " entries");
    }
    return new Mask(bits, size);
  }

  /** Reads the packed form. */
  public static Mask ofBytes(byte[] packed, int size) {
    if (packed.length != packedLength(size)) {
      throw new IllegalArgumentException(
          "a mask of "
              + size
              + " entries takes "
              + packedLength(size)
              + " bytes, got "
              + packed.length);
    }
    return of(BitSet.valueOf(packed), size);
  }

  /** Bytes of the packed form of a mask over {@code size} entries. */
  public static int packedLength(int size) {
    return (int) ((size + 7L) / 8);
  }

  /** Eight entries a byte, the lowest bit first: what {@link #ofBytes} reads. */
  public byte[] toBytes() {
    byte[] packed = new byte[packedLength(size)];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, packed, 0, set.length);
    return packed;
  }

  /** Whether that entry is kept. */
  public boolean keeps(int index) {
    return bits.get(index);
  }

  /** The first entry from {@code index} on that is kept; −1 if there is none. */
  public int nextKept(int index) {
    return bits.nextSetBit(index);
  }

  /** Entries, kept or not. */
  public int size() {
    return size;
  }

  /** Entries kept. */
  public int kept() {
    return bits.cardinality();
  }

  /** Keeps what this prunes. */
  public Mask complement() {
    BitSet others = (BitSet) bits.clone();
    others.flip(0, size);
    return new Mask(others, size);
  }

  /** Keeps what this or the other keeps. */
  public Mask or(Mask other) {
    if (size != other.size) {
      throw new IllegalArgumentException("no union of masks of " + size + " and " + other.size);
    }
    BitSet both = (BitSet) bits.clone();
    both.or(other.bits);
    return new Mask(both, size);
  }

  /** The mask of the entries {@code from} to {@code to - 1}; a copy. */
  public Mask part(int from, int to) {
    return new Mask(bits.get(from, to), to - from);
  }

  /** The bits as words, as many as {@link #words} has; a copy. */
  public long[] toWords() {
    return Arrays.copyOf(bits.toLongArray(), (size + 63) >>> 6);
  }

  /** The entries that this mask and one of the same size keep. */
  public Mask and(Mask other) {
    if (size != other.size) {
      throw new IllegalArgumentException(
          "masks of " + size + " and of " + other.size + " entries have none in common");
    }
    BitSet both = (BitSet) bits.clone();
    both.and(other.bits);
    return new Mask(both, size);
  }

  /** Whether every entry that this keeps is kept by {@code other} too. */
  public boolean isSubsetOf(Mask other) {
    if (size != other.size) {
      return false;
    }
    BitSet rest = (BitSet) bits.clone();
    rest.andNot(other.bits);
    return rest.isEmpty();
  }

  /** Sets the entries that this mask prunes to +0. */
  public void applyTo(float[] values) {
    if (values.length != size) {
      throw new IllegalArgumentException(
          "a mask of " + size + " entries cannot be applied to " + values.length);
    }
    applyTo(values, 0);
  }

  /** Sets the entries {@code values[from + i]} for which this mask prunes i to +0. */
  public void applyTo(float[] values, int from) {
    for (int i = bits.nextClearBit(0); i < size; i = bits.nextClearBit(i + 1)) {
      values[from + i] = 0f;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && size == that.size && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * bits.hashCode() + size;
  }

  @Override
  public String toString() {
    return "Mask(" + kept() + " of " + size + ")";
  }
}
