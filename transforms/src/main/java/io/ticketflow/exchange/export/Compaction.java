package io.ticketflow.exchange.export;

import static io.ticketflow.exchange.export.ChannelConstants.tensor;

import io.ticketflow.exchange.export.ChannelGroups.Group;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A smaller network of the same function in evaluation, up to rounding: channels that do nothing
 * are cut out, see {@link DeadChannels}. The nodes keep their names.
 *
 * @param graph the same nodes with fewer channels
 * @param network its tensors; a mask also keeps what is no longer 0
 */
public record Compaction(ModelGraph graph, SparseNetwork network) {
  /** Cuts as long as there is something to cut: what is cut may have kept other channels busy. */
  public static Compaction of(ModelGraph graph, SparseNetwork network) {
    Compaction at = new Compaction(graph, network);
    while (true) {
      Compaction next = at.cut();
      if (next.graph.equals(at.graph)) {
        return at;
      }
      at = next;
    }
  }

  private Compaction cut() {
    Map<String, float[]> tensors = new HashMap<>();
    network.weights().tensors().forEach(t -> tensors.put(t.name(), t.values().clone()));
    ChannelConstants constants = new ChannelConstants(graph, tensors);
    Map<String, Kept> given = new HashMap<>();
    for (Group group : ChannelGroups.of(graph)) {
      BitSet dead = DeadChannels.of(group, constants, tensors);
      Kept kept = new Kept(group.channels(), dead);
      group.nodes().forEach(node -> given.put(node, kept));
    }
    List<Node> nodes = new ArrayList<>();
    List<Tensor> cut = new ArrayList<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Kept out = kept(given, node.name());
      Kept in = kept(given, node.inputs().get(0));
      Node smaller = new Node(node.name(), smaller(node, out, in), node.inputs());
      nodes.add(smaller);
      boolean matrix = ChannelGroups.makesChannels(node);
      smaller
          .parameters()
          .forEach(
              spec -> {
                Kept columns = matrix && spec.name().endsWith(".weight") ? in : Kept.ALL;
                float[] values = out.rows(tensor(tensors, spec.name()), columns);
                cut.add(new Tensor(spec.name(), spec.role(), spec.shape(), values));
                Mask mask = network.masks().get(spec.name());
                if (mask != null) {
                  masks.put(spec.name(), mask(values, out.rows(flags(mask), columns)));
                }
              });
    }
    ModelGraph small =
        new ModelGraph(graph.channels(), graph.height(), graph.width(), graph.classes(), nodes);
    return new Compaction(small, new SparseNetwork(TensorSet.of(cut), new Masks(masks)));
  }

  private static Layer smaller(Node node, Kept out, Kept in) {
    if (node.layer() instanceof Layer.Conv conv) {
      return new Layer.Conv(
          in.count(),
          out.count(),
          conv.kernel(),
          conv.stride(),
          conv.padding(),
          conv.bias(),
          conv.first());
    } else if (node.layer() instanceof Layer.Linear linear) {
      int features = linear.in() / in.channels() * in.count();
      return new Layer.Linear(features, out.count(), linear.bias());
    } else if (node.layer() instanceof Layer.BatchNorm norm) {
      return new Layer.BatchNorm(out.count(), norm.momentum(), norm.scales());
    }
    return node.layer();
  }

  private static float[] flags(Mask mask) {
    float[] flags = new float[mask.size()];
    for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
      flags[i] = 1;
    }
    return flags;
  }

  private static Mask mask(float[] values, float[] flags) {
    BitSet kept = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      kept.set(i, flags[i] != 0 || values[i] != 0);
    }
    return Mask.of(kept, values.length);
  }

  private static Kept kept(Map<String, Kept> given, String node) {
    return given.getOrDefault(node, Kept.ALL);
  }

  /** Channels of a group, and those of them that go. */
  private record Kept(int channels, BitSet dead) {
    static final Kept ALL = new Kept(1, new BitSet());

    int count() {
      return channels - dead.cardinality();
    }

    /** A tensor whose first axis is these channels, without those that go here or in the second. */
    float[] rows(float[] values, Kept columns) {
      int row = values.length / channels;
      int block = row / columns.channels;
      float[] cut = new float[count() * columns.count() * block];
      int next = 0;
      for (int r = dead.nextClearBit(0); r < channels; r = dead.nextClearBit(r + 1)) {
        BitSet gone = columns.dead;
        for (int c = gone.nextClearBit(0); c < columns.channels; c = gone.nextClearBit(c + 1)) {
          System.arraycopy(values, r * row + c * block, cut, next, block);
          next += block;
        }
      }
      return cut;
    }
  }
}
