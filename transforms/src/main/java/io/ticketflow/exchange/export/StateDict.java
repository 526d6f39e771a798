package io.ticketflow.exchange.export;

import io.ticketflow.exchange.Dtype;
import io.ticketflow.exchange.TensorEntry;
import io.ticketflow.exchange.TensorNames;
import io.ticketflow.exchange.TensorWriter;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as named tensors, as PyTorch's state_dict has them.
 *
 * <p>Dense: NAME, and NAME.mask (BOOL, true where it is kept) if it has a mask. Sparse: a tensor
 * with a mask is NAME.values (F32, those kept), NAME.indices (I32, their places in row-major order,
 * ascending) and NAME.shape (I32) in place of these two; others are NAME.
 */
final class StateDict {
  private StateDict() {}

  /** What will be written, in order. */
  static List<TensorEntry> entries(NetworkSource network, boolean sparse) {
    List<TensorEntry> entries = new ArrayList<>();
    for (ParameterSpec spec : network.specs()) {
      String name = spec.name();
      Integer kept = network.kept().get(name);
      if (kept != null && sparse) {
        List<Long> some = List.of((long) kept);
        entries.add(new TensorEntry(name + TensorNames.VALUES, Dtype.F32, some));
        entries.add(new TensorEntry(name + TensorNames.INDICES, Dtype.I32, some));
        entries.add(
            new TensorEntry(
                name + TensorNames.SHAPE, Dtype.I32, List.of((long) spec.shape().size())));
      } else {
        entries.add(new TensorEntry(name, Dtype.F32, spec.shape()));
        if (kept != null) {
          entries.add(new TensorEntry(name + TensorNames.MASK, Dtype.BOOL, spec.shape()));
        }
      }
    }
    return entries;
  }

  /** Writes the network to a writer of those entries. */
  static void write(NetworkSource network, boolean sparse, TensorWriter out) throws IOException {
    network.forEach(
        each -> {
          float[] values = each.tensor().values();
          if (each.mask().isEmpty()) {
            out.append(values);
          } else if (sparse) {
            append(each.tensor().shape(), values, each.mask().get(), out);
          } else {
            out.append(values);
            out.append(each.mask().get());
          }
        });
  }

  private static void append(List<Long> shape, float[] values, Mask mask, TensorWriter out)
      throws IOException {
    float[] kept = new float[mask.kept()];
    int[] indices = new int[kept.length];
    int next = 0;
    for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
      kept[next] = values[i];
      indices[next++] = i;
    }
    out.append(kept);
    out.append(indices);
    out.append(shape.stream().mapToInt(Math::toIntExact).toArray());
  }
}
