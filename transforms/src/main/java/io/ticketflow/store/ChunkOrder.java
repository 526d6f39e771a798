package io.ticketflow.store;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks that chunks come as artifacts have them: tensor by tensor, each whole and once. */
final class ChunkOrder {
  private final Set<String> tensors = new HashSet<>();
  private Optional<Span> last = Optional.empty();
  private boolean masked;

  /**
   * Takes the next chunk.
   *
   * @throws IllegalArgumentException naming the tensor, if another one had to come
   */
  void accept(Chunk chunk) {
    Span span = chunk.span();
    if (last.isPresent() && !last.get().isLast()) {
      Span expected = last.get().next();
      if (!span.equals(expected)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "after entry %d of tensor %s comes %s %s at %d",
                expected.offset(),
                expected.tensor(),
                span.tensor(),
                span.shape(),
                span.offset()));
      }
      if (chunk.mask().isPresent() != masked) {
        throw new IllegalArgumentException(
            "tensor " + span.tensor() + " has a mask in some of its chunks only");
      }
    } else if (span.offset() != 0) {
      throw new IllegalArgumentException(
          "tensor " + span.tensor() + " begins at entry " + span.offset());
    } else if (!tensors.add(span.tensor())) {
      throw new IllegalArgumentException("tensor " + span.tensor() + " occurs twice");
    }
    last = Optional.of(span);
    masked = chunk.mask().isPresent();
  }

  /**
   * Ends the sequence.
   *
   * @throws IllegalArgumentException naming the tensor, if its end is missing
   */
  void end() {
    if (last.isPresent() && !last.get().isLast()) {
      Span span = last.get();
      throw new IllegalArgumentException(
          "tensor " + span.tensor() + " ends at entry " + span.end() + " of " + span.size());
    }
  }
}
