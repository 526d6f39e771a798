package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.store.IoConsumer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of a network, one in memory at a time; they can be read more than once. */
public interface NetworkSource {
  /**
   * One tensor.
   *
   * @param tensor +0 where it is pruned
   * @param mask of as many entries; empty if it has none
   */
  record MaskedTensor(Tensor tensor, Optional<Mask> mask) {}

  /** Names, roles and shapes, in the order of the state_dict. */
  List<ParameterSpec> specs();

  /** Entries that the masks keep, by the names of the tensors that have masks. */
  Map<String, Integer> kept();

  /** Hands out every tensor, in order. */
  void forEach(IoConsumer<MaskedTensor> taker) throws IOException;

  /** A network that is in memory. */
  static NetworkSource of(SparseNetwork network) {
    Masks masks = network.masks();
    return new NetworkSource() {
      @Override
      public List<ParameterSpec> specs() {
        return network.weights().tensors().stream()
            .map(tensor -> new ParameterSpec(tensor.name(), tensor.role(), tensor.shape()))
            .toList();
      }

      @Override
      public Map<String, Integer> kept() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        masks.byName().forEach((name, mask) -> kept.put(name, mask.kept()));
        return kept;
      }

      @Override
      public void forEach(IoConsumer<MaskedTensor> taker) throws IOException {
        for (Tensor tensor : network.weights().tensors()) {
          taker.accept(new MaskedTensor(tensor, Optional.ofNullable(masks.get(tensor.name()))));
        }
      }
    };
  }
}
