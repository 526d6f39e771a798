package io.ticketflow.store;

import io.ticketflow.math.ExactMean;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.schemas.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The mean of networks of one shape and one mask. One chunk of each is in memory at a time: about 3
 * MiB of heap a network, whatever its size.
 */
public final class ArtifactMean {
  private ArtifactMean() {}

  /**
   * An artifact with the {@link ExactMean} of every kept entry, under the networks' own mask.
   * BatchNorm's statistics are averaged like the rest and want recalibrating. The mean of one
   * network is that network's artifact.
   *
   * @param networks in particle order, at least one
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors, shapes or
   *     masks than the first
   * @throws NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef mean(ArtifactStore store, List<ArtifactRef> networks) {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no networks");
    }
    List<ArtifactReader> readers = new ArrayList<>();
    try {
      networks.forEach(network -> readers.add(store.open(network)));
      return store.write(writer -> average(readers, writer));
    } finally {
      readers.forEach(ArtifactReader::close);
    }
  }

  private static void average(List<ArtifactReader> readers, ArtifactWriter writer) {
    ArtifactReader first = readers.get(0);
    while (first.hasNext()) {
      Chunk pattern = first.next();
      List<float[]> values = new ArrayList<>();
      for (ArtifactReader reader : readers) {
        Chunk chunk = reader == first ? pattern : alike(pattern, reader);
        NonFiniteWeightsException.check(chunk.span().tensor(), chunk.kept());
        values.add(chunk.kept());
      }
      writer.append(new Chunk(pattern.span(), pattern.mask(), Optional.of(ExactMean.of(values))));
    }
    for (ArtifactReader reader : readers) {
      if (reader.hasNext()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network %s has tensor %s, which the first particle has not",
                reader.path(),
                reader.next().span().tensor()));
      }
    }
  }

  private static Chunk alike(Chunk pattern, ArtifactReader reader) {
    Span span = pattern.span();
    if (!reader.hasNext()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "network %s lacks tensor %s", reader.path(), span.tensor()));
    }
    Chunk chunk = reader.next();
    if (!chunk.span().equals(span)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network %s has tensor %s %s where the first particle has %s %s",
              reader.path(),
              chunk.span().tensor(),
              chunk.span().shape(),
              span.tensor(),
              span.shape()));
    }
    if (!chunk.mask().equals(pattern.mask())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network %s has another mask on tensor %s than the first particle",
              reader.path(),
              span.tensor()));
    }
    return chunk;
  }
}
