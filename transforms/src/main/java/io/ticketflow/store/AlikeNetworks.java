package io.ticketflow.store;

import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.schemas.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;

/**
 * Networks of one shape and one mask, read side by side. One chunk of each is in memory at a time:
 * about 3 MiB of heap a network, whatever its size. For one thread.
 */
final class AlikeNetworks implements AutoCloseable {
  private final List<ArtifactReader> readers = new ArrayList<>();

  /** The chunks that are read already and not asked for yet, one a network. */
  private List<Optional<Chunk>> ahead = List.of();

  private AlikeNetworks() {}

  /** The same span of every network, in the networks' order. */
  record Beside(Chunk first, List<float[]> kept) {
    /** A chunk of the first network's mask. */
    Chunk with(float[] values) {
      return Chunk.of(first.span(), first.mask(), values);
    }

    /**
     * The same span of another network of these tensors, where these networks keep it.
     *
     * @param other at its next chunk; its own mask may be another, and what it prunes counts as 0
     * @throws IllegalArgumentException naming tensor and file, if it has another tensor or shape
     * @throws NonFiniteWeightsException naming the tensor
     */
    float[] keptOf(ArtifactReader other) {
      Chunk chunk = sameSpan(first.span(), other);
      finite(chunk);
      float[] dense = new float[chunk.span().count()];
      chunk.copyDense(dense, 0);
      if (first.mask().isEmpty()) {
        return dense;
      }
      float[] kept = new float[first.stored().limit() / Float.BYTES];
      int next = 0;
      for (int i = 0; next < kept.length; i++) {
        if (first.keeps(i)) {
          kept[next++] = dense[i];
        }
      }
      return kept;
    }
  }

  /**
   * Opens networks, at least one.
   *
   * @throws IllegalArgumentException if there is none
   */
  static AlikeNetworks open(ArtifactStore store, List<ArtifactRef> networks) {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no networks");
    }
    AlikeNetworks opened = new AlikeNetworks();
    try {
      networks.forEach(network -> opened.readers.add(store.open(network)));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Whether the first network has another chunk.
   *
   * @throws IllegalArgumentException if it has none and another network has
   */
  boolean hasNext() {
    List<Optional<Chunk>> row = ahead();
    if (row.get(0).isPresent()) {
      return true;
    }
    for (int i = 1; i < row.size(); i++) {
      if (row.get(i).isPresent()) {
        throw wrong(
            "network %s has tensor %s, which the first particle has not",
            readers.get(i).path(), row.get(i).get().span().tensor());
      }
    }
    return false;
  }

  private List<Optional<Chunk>> ahead() {
    if (ahead.isEmpty()) {
      // Most of the time of a mean goes into reading, and files do not wait for one another.
      List<ForkJoinTask<Optional<Chunk>>> reading = new ArrayList<>();
      readers.forEach(reader -> reading.add(ForkJoinTask.adapt(() -> next(reader))));
      ahead = ForkJoinTask.invokeAll(reading).stream().map(ForkJoinTask::join).toList();
    }
    return ahead;
  }

  /**
   * The next chunk of each.
   *
   * @throws IllegalArgumentException naming tensor and file, if one has another tensor, shape or
   *     mask than the first
   * @throws NonFiniteWeightsException naming the tensor
   */
  Beside next() {
    List<Chunk> chunks = nextUnlooked();
    return new Beside(chunks.get(0), chunks.stream().map(AlikeNetworks::finite).toList());
  }

  /**
   * The same as they lie in their files, which may hold what is not finite.
   *
   * @throws IllegalArgumentException naming tensor and file, if one has another tensor, shape or
   *     mask than the first
   */
  List<Chunk> nextUnlooked() {
    List<Optional<Chunk>> next = ahead();
    ahead = List.of();
    Chunk pattern = next.get(0).orElseThrow();
    List<Chunk> chunks = new ArrayList<>(List.of(pattern));
    for (int i = 1; i < readers.size(); i++) {
      chunks.add(alike(pattern, next.get(i), readers.get(i).path()));
    }
    return chunks;
  }

  /** A chunk's values, all of them finite. */
  static float[] finite(Chunk chunk) {
    float[] kept = chunk.kept();
    NonFiniteWeightsException.check(chunk.span().tensor(), kept);
    return kept;
  }

  /**
   * The next chunk of each where other networks keep it, whatever the masks of these are. Not after
   * {@link #hasNext}, which has read it already.
   *
   * @throws IllegalArgumentException naming tensor and file, if one has another tensor or shape
   * @throws NonFiniteWeightsException naming the tensor
   */
  List<float[]> nextKeptBy(Beside others) {
    return readers.stream().map(others::keptOf).toList();
  }

  private static Chunk alike(Chunk pattern, Optional<Chunk> next, String path) {
    Chunk chunk = ofSpan(pattern.span(), next, path);
    if (!chunk.mask().equals(pattern.mask())) {
      throw wrong(
          "network %s has another mask on tensor %s than the first particle",
          path, chunk.span().tensor());
    }
    return chunk;
  }

  /**
   * The next chunk of a network, which must be of that span.
   *
   * @throws IllegalArgumentException naming tensor and file, if it is not
   */
  static Chunk sameSpan(Span span, ArtifactReader reader) {
    return ofSpan(span, next(reader), reader.path());
  }

  private static Optional<Chunk> next(ArtifactReader reader) {
    return reader.hasNext() ? Optional.of(reader.next()) : Optional.empty();
  }

  private static Chunk ofSpan(Span span, Optional<Chunk> next, String path) {
    Chunk chunk = next.orElseThrow(() -> wrong("network %s lacks tensor %s", path, span.tensor()));
    if (!chunk.span().equals(span)) {
      throw wrong(
          "network %s has tensor %s %s where the first particle has %s %s",
          path, chunk.span().tensor(), chunk.span().shape(), span.tensor(), span.shape());
    }
    return chunk;
  }

  private static IllegalArgumentException wrong(String why, Object... parts) {
    return new IllegalArgumentException(String.format(Locale.ROOT, why, parts));
  }

  @Override
  public void close() {
    readers.forEach(ArtifactReader::close);
  }
}
