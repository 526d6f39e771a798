package io.ticketflow.store;

import io.ticketflow.schemas.TensorRole;
import java.util.List;
import java.util.Locale;

/**
 * Which entries of which tensor a chunk covers. Every tensor is cut the same way, so that equal
 * tensors have equal files and artifacts of like networks can be read in step: chunks begin at
 * multiples of {@link #ENTRIES}, and only a tensor's last is shorter.
 *
 * @param shape of the whole tensor, in PyTorch's order; empty for a scalar
 * @param offset row-major index of the first entry
 * @param count entries covered
 */
public record Span(String tensor, TensorRole role, List<Long> shape, int offset, int count) {
  /** Entries of a chunk: a MiB of values. */
  public static final int ENTRIES = 1 << 18;

  /** Bytes of a chunk's values, at most. */
  static final int BYTES = ENTRIES * Float.BYTES;

  /**
   * @throws IllegalArgumentException naming the tensor, if its chunks do not lie so
   */
  public Span {
    shape = List.copyOf(shape);
    int size = size(tensor, shape);
    if (offset < 0 || offset >= size || offset % ENTRIES != 0 || count != count(size, offset)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor %s of %d entries has no chunk of %d entries at %d",
              tensor,
              size,
              count,
              offset));
    }
  }

  /** The first chunk of a tensor. */
  public static Span first(String tensor, TensorRole role, List<Long> shape) {
    return new Span(tensor, role, shape, 0, count(size(tensor, shape), 0));
  }

  /** The chunk after this one; only if this is not the last. */
  public Span next() {
    return new Span(tensor, role, shape, end(), count(size(), end()));
  }

  /** Whether the tensor ends here. */
  public boolean isLast() {
    return end() == size();
  }

  /** Row-major index of the entry after the last one covered. */
  public int end() {
    return offset + count;
  }

  /** Entries of the whole tensor. */
  public int size() {
    return size(tensor, shape);
  }

  private static int count(int size, int offset) {
    return Math.min(ENTRIES, size - offset);
  }

  private static int size(String tensor, List<Long> shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 1 || dimension > Integer.MAX_VALUE / size) {
        throw new IllegalArgumentException(
            "tensor " + tensor + " has shape " + shape + ", which is not 1 to 2^31 - 1 entries");
      }
      size *= dimension;
    }
    return (int) size;
  }
}
