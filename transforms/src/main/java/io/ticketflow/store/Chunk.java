package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.schemas.TensorRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Consecutive entries of one tensor, as an artifact holds them.
 *
 * @param mask over the span's entries; empty = all are kept
 * @param values floats of the kept entries, in order, little-endian, from 0 to its limit; empty in
 *     an artifact that is only a mask. Shared, not copied: of a file, where they lie in it.
 */
public record Chunk(Span span, Optional<Mask> mask, Optional<ByteBuffer> values) {
  /**
   * @throws IllegalArgumentException naming the tensor, if the sizes do not fit together
   */
  public Chunk {
    if (mask.isPresent() && mask.get().size() != span.count()) {
      throw wrong(span, "has a mask of " + mask.get().size() + " entries");
    }
    if (mask.isEmpty() && values.isEmpty()) {
      throw wrong(span, "has neither mask nor values");
    }
    int kept = mask.map(Mask::kept).orElse(span.count());
    int found = values.map(ByteBuffer::limit).orElse(0) / Float.BYTES;
    if (values.isPresent() && found != kept) {
      throw wrong(span, "has " + found + " values for " + kept + " kept entries");
    }
  }

  /** A chunk of these values. */
  static Chunk of(Span span, Optional<Mask> mask, float[] kept) {
    ByteBuffer values = littleEndian(ByteBuffer.allocate(kept.length * Float.BYTES));
    values.asFloatBuffer().put(kept);
    return new Chunk(span, mask, Optional.of(values));
  }

  /** A chunk of the values in an array's first bytes, which are shared. */
  static Chunk ofBytes(Span span, Optional<Mask> mask, byte[] values, int length) {
    return new Chunk(
        span, mask, Optional.of(littleEndian(ByteBuffer.wrap(values, 0, length).slice())));
  }

  /** A chunk of a mask without values. */
  public static Chunk ofMask(Span span, Mask mask) {
    return new Chunk(span, Optional.of(mask), Optional.empty());
  }

  /** The span of a whole tensor and, if it has one, of its mask. */
  static Chunk cut(Span span, float[] tensor, Optional<Mask> mask) {
    if (mask.isEmpty()) {
      float[] values = Arrays.copyOfRange(tensor, span.offset(), span.end());
      return of(span, mask, values);
    }
    BitSet bits = new BitSet(span.count());
    float[] kept = new float[span.count()];
    int next = 0;
    for (int i = 0; i < span.count(); i++) {
      if (mask.get().keeps(span.offset() + i)) {
        bits.set(i);
        kept[next++] = tensor[span.offset() + i];
      }
    }
    Mask part = Mask.of(bits, span.count());
    return of(span, Optional.of(part), Arrays.copyOf(kept, next));
  }

  /**
   * Reads the stored form, which is not trusted.
   *
   * @throws IllegalArgumentException naming the tensor, if the record contradicts itself
   */
  public static Chunk of(TensorRecord stored) {
    long at = stored.getOffset();
    int offset = at == (int) at ? (int) at : -1;
    Span span =
        new Span(stored.getName(), stored.getRole(), stored.getShape(), offset, stored.getCount());
    ByteBuffer packed = stored.getMask();
    Optional<Mask> mask = Optional.empty();
    if (packed != null) {
      try {
        mask = Optional.of(Mask.ofBytes(bytes(packed), span.count()));
      } catch (IllegalArgumentException e) {
        throw wrong(span, "has a mask that does not fit: " + e.getMessage());
      }
    }
    ByteBuffer values = stored.getValues();
    if (mask.isPresent() && !values.hasRemaining()) {
      boolean nothingKept = mask.get().kept() == 0;
      return nothingKept ? of(span, mask, new float[0]) : ofMask(span, mask.get());
    }
    if (values.remaining() % Float.BYTES != 0) {
      throw wrong(span, "has " + values.remaining() + " bytes of values, no multiple of 4");
    }
    return new Chunk(span, mask, Optional.of(littleEndian(values.slice())));
  }

  /** The stored form, of values of its own. */
  public TensorRecord toRecord() {
    return record(ByteBuffer.wrap(bytes(values.orElse(ByteBuffer.allocate(0)))));
  }

  /** The stored form, of the same values. */
  TensorRecord asRecord() {
    return record(values.map(ByteBuffer::duplicate).orElse(ByteBuffer.allocate(0)));
  }

  private TensorRecord record(ByteBuffer stored) {
    return new TensorRecord(
        span.tensor(),
        span.role(),
        span.shape(),
        (long) span.offset(),
        span.count(),
        mask.map(m -> ByteBuffer.wrap(m.toBytes())).orElse(null),
        stored);
  }

  /**
   * The values of the kept entries, in order, as an array of their own.
   *
   * @throws IllegalArgumentException naming the tensor, if the artifact is only a mask
   */
  public float[] kept() {
    FloatBuffer stored = stored().asFloatBuffer();
    float[] kept = new float[stored.limit()];
    stored.get(0, kept);
    return kept;
  }

  /**
   * The same as they lie.
   *
   * @throws IllegalArgumentException naming the tensor, if the artifact is only a mask
   */
  ByteBuffer stored() {
    return values.orElseThrow(() -> wrong(span, "is in an artifact of masks, without values"));
  }

  /** Whether the span's i-th entry is kept. */
  public boolean keeps(int i) {
    return mask.isEmpty() || mask.get().keeps(i);
  }

  /** Writes the span's entries to {@code out[at …]}, +0 where pruned. */
  public void copyDense(float[] out, int at) {
    if (mask.isEmpty()) {
      stored().asFloatBuffer().get(0, out, at, span.count());
      return;
    }
    float[] kept = kept();
    Mask keeps = mask.get();
    Arrays.fill(out, at, at + span.count(), 0f);
    int next = 0;
    for (int i = keeps.nextKept(0); i >= 0; i = keeps.nextKept(i + 1)) {
      out[at + i] = kept[next++];
    }
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static IllegalArgumentException wrong(Span span, String what) {
    return new IllegalArgumentException(
        "the chunk at " + span.offset() + " of tensor " + span.tensor() + " " + what);
  }
}
