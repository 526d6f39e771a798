package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ArtifactReader;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Chunk;
import io.ticketflow.store.IoConsumer;
import io.ticketflow.store.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in an artifact, under the masks that it carries or under masks of another artifact.
 * Every reading checks the artifact's digest first.
 */
public final class ArtifactNetwork implements NetworkSource {
  private final ArtifactStore store;
  private final ArtifactRef weights;
  private final Masks masks;
  private final List<ParameterSpec> specs = new ArrayList<>();
  private final Map<String, Integer> kept = new LinkedHashMap<>();

  private ArtifactNetwork(ArtifactStore store, ArtifactRef weights, Masks masks) {
    this.store = store;
    this.weights = weights;
    this.masks = masks;
    try (ArtifactReader chunks = store.open(weights)) {
      while (chunks.hasNext()) {
        count(chunks.next());
      }
    }
  }

  /** A network under its own masks. */
  public static ArtifactNetwork of(ArtifactStore store, ArtifactRef weights) {
    return new ArtifactNetwork(store, weights, Masks.NONE);
  }

  /**
   * A ticket: weights under masks that lie elsewhere.
   *
   * @throws IllegalArgumentException naming the tensor, if a mask does not fit
   */
  public static ArtifactNetwork of(ArtifactStore store, ArtifactRef weights, ArtifactRef masks) {
    return new ArtifactNetwork(store, weights, store.loadMasks(masks));
  }

  private void count(Chunk chunk) {
    Span span = chunk.span();
    if (span.isLast()) {
      specs.add(new ParameterSpec(span.tensor(), span.role(), span.shape()));
    }
    Mask other = masks.get(span.tensor());
    if (other != null) {
      if (other.size() != span.size()) {
        throw new IllegalArgumentException(
            "tensor "
                + span.tensor()
                + " of shape "
                + span.shape()
                + " has a mask of "
                + other.size());
      }
      kept.put(span.tensor(), other.kept());
    } else if (chunk.mask().isPresent()) {
      kept.merge(span.tensor(), chunk.mask().get().kept(), Integer::sum);
    }
  }

  @Override
  public List<ParameterSpec> specs() {
    return List.copyOf(specs);
  }

  @Override
  public Map<String, Integer> kept() {
    return Map.copyOf(kept);
  }

  @Override
  public void forEach(IoConsumer<MaskedTensor> taker) throws IOException {
    try (ArtifactReader chunks = store.open(weights)) {
      float[] values = {};
      BitSet bits = new BitSet();
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        Span span = chunk.span();
        if (span.offset() == 0) {
          values = new float[span.size()];
          bits = new BitSet(span.size());
        }
        chunk.copyDense(values, span.offset());
        mark(chunk, bits);
        if (span.isLast()) {
          taker.accept(masked(span, values, chunk.mask().isPresent(), bits));
        }
      }
    }
  }

  private static void mark(Chunk chunk, BitSet bits) {
    chunk
        .mask()
        .ifPresent(
            mask -> {
              int from = chunk.span().offset();
              for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
                bits.set(from + i);
              }
            });
  }

  private MaskedTensor masked(Span span, float[] values, boolean hasOwn, BitSet own) {
    Mask mask = masks.get(span.tensor());
    if (mask != null) {
      mask.applyTo(values);
    } else if (hasOwn) {
      mask = Mask.of(own, span.size());
    }
    Tensor tensor = new Tensor(span.tensor(), span.role(), span.shape(), values);
    return new MaskedTensor(tensor, Optional.ofNullable(mask));
  }

  /** All of it in memory. */
  public SparseNetwork load() throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    Map<String, Mask> all = new LinkedHashMap<>();
    forEach(
        each -> {
          tensors.add(each.tensor());
          each.mask().ifPresent(mask -> all.put(each.tensor().name(), mask));
        });
    return new SparseNetwork(TensorSet.of(tensors), new Masks(all));
  }
}
