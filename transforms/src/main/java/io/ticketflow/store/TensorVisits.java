package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of one shape and one mask beside the network they set out from, each tensor visited
 * several times. Of small networks a tensor is read once and stays in memory for its visits. Of
 * larger ones each visit reads it again, and a chunk of each network is in memory. For one thread.
 */
final class TensorVisits implements AutoCloseable {
  /**
   * Bytes of all files together up to which tensors are kept: ten networks of a million weights.
   */
  private static final long SMALL = 40L << 20;

  private final List<Reading> readings = new ArrayList<>();
  private final int visits;
  private final List<Step> kept = new ArrayList<>();

  private TensorVisits(int visits) {
    this.visits = visits;
  }

  /** Takes the networks' kept entries, and the anchor's at the same places. */
  interface Visitor {
    void visit(AlikeNetworks.Beside chunks, float[] base);
  }

  private record Step(AlikeNetworks.Beside chunks, float[] base) {}

  /**
   * Opens networks.
   *
   * @param networks at least one
   * @param anchor of the same tensors; its own mask may be another, and what it prunes counts as 0
   * @param visits of each tensor, at least one
   */
  static TensorVisits of(
      ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor, int visits) {
    return of(store, networks, anchor, visits, SMALL);
  }

  static TensorVisits of(
      ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor, int visits, long small) {
    long bytes = anchor.getBytes() + networks.stream().mapToLong(ArtifactRef::getBytes).sum();
    TensorVisits opened = new TensorVisits(visits);
    try {
      for (int i = 0; i < (bytes <= small ? 1 : visits); i++) {
        opened.readings.add(Reading.of(store, networks, anchor));
      }
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Whether there is a tensor after those that all visits have seen. */
  boolean hasNext() {
    return last().alike.hasNext();
  }

  /**
   * A visit of the next tensor: 0 is the first one. Every tensor gets all its visits, in order.
   *
   * @throws IllegalArgumentException naming tensor and file, if a network has another tensor or
   *     shape than the first, or another mask
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  void visit(int number, Visitor visitor) {
    if (readings.size() == visits) {
      readings.get(number).tensor(visitor);
      return;
    }
    if (number == 0) {
      kept.clear();
      last().tensor((chunks, base) -> kept.add(new Step(chunks, base)));
    }
    kept.forEach(step -> visitor.visit(step.chunks, step.base));
  }

  private Reading last() {
    return readings.get(readings.size() - 1);
  }

  @Override
  public void close() {
    readings.forEach(Reading::close);
  }

  /** One reading of the networks beside their anchor. */
  private record Reading(AlikeNetworks alike, ArtifactReader base) {
    static Reading of(ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor) {
      AlikeNetworks alike = AlikeNetworks.open(store, networks);
      try {
        return new Reading(alike, store.open(anchor));
      } catch (RuntimeException e) {
        alike.close();
        throw e;
      }
    }

    void tensor(Visitor visitor) {
      AlikeNetworks.Beside chunks;
      do {
        chunks = alike.next();
        visitor.visit(chunks, chunks.keptOf(base));
      } while (!chunks.first().span().isLast());
    }

    void close() {
      alike.close();
      base.close();
    }
  }
}
