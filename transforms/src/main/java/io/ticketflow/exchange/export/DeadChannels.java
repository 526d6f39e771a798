package io.ticketflow.exchange.export;

import static io.ticketflow.exchange.export.ChannelConstants.tensor;

import io.ticketflow.exchange.export.ChannelGroups.Group;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.Node;
import java.util.BitSet;
import java.util.Map;

/**
 * Channels of one group that the network's function does not need.
 *
 * <p>A channel is not needed if every weight that reads it is 0. A constant channel is not needed
 * either: where its readers have biases and no padding, its effect goes into these. Before a padded
 * convolution a constant has another effect at the border than within; there all constant channels
 * become one, which carries the effect of all.
 */
final class DeadChannels {
  private final Group group;
  private final ChannelConstants constants;
  private final Map<String, float[]> tensors;
  private final BitSet dead = new BitSet();

  private DeadChannels(Group group, ChannelConstants constants, Map<String, float[]> tensors) {
    this.group = group;
    this.constants = constants;
    this.tensors = tensors;
  }

  /**
   * The channels to cut; at least one is left. What they did is given to others.
   *
   * @param tensors values by name; changed
   */
  static BitSet of(Group group, ChannelConstants constants, Map<String, float[]> tensors) {
    DeadChannels channels = new DeadChannels(group, constants, tensors);
    if (!group.fixed()) {
      channels.find();
    }
    return channels.dead;
  }

  private void find() {
    BitSet constant = new BitSet();
    for (int c = 0; c < group.channels(); c++) {
      if (!hasEffect(c)) {
        dead.set(c);
      } else if (isConstant(c)) {
        constant.set(c);
      }
    }
    if (group.readers().stream().allMatch(DeadChannels::takesConstants)) {
      constant.stream().forEach(c -> group.readers().forEach(reader -> intoBias(reader, c)));
      dead.or(constant);
    } else {
      carry(constant);
    }
    if (dead.cardinality() == group.channels()) {
      dead.clear(0);
    }
  }

  /** Whether some reader gets something from a channel. */
  private boolean hasEffect(int channel) {
    return group.readers().stream()
        .anyMatch(reader -> constant(reader, channel) != 0 && reads(reader, channel));
  }

  private boolean isConstant(int channel) {
    return group.nodes().stream().noneMatch(node -> Double.isNaN(constants.of(node)[channel]));
  }

  private static boolean takesConstants(Node reader) {
    return reader.layer() instanceof Layer.Linear linear
        ? linear.bias()
        : reader.layer() instanceof Layer.Conv conv && conv.bias() && conv.padding() == 0;
  }

  private void intoBias(Node reader, int channel) {
    float[] weight = tensor(tensors, reader.name() + ".weight");
    float[] bias = tensor(tensors, reader.name() + ".bias");
    int row = weight.length / bias.length;
    int block = row / group.channels();
    for (int o = 0; o < bias.length; o++) {
      double sum = 0;
      for (int i = 0; i < block; i++) {
        sum += weight[o * row + channel * block + i];
      }
      bias[o] += (float) (sum * constant(reader, channel));
    }
  }

  /** Lets one constant channel stand for all of them. */
  private void carry(BitSet constant) {
    int carrier = carrier(constant);
    if (carrier < 0) {
      return;
    }
    for (Node reader : group.readers()) {
      double unit = constant(reader, carrier);
      constant.stream()
          .filter(c -> c != carrier && constant(reader, c) != 0)
          .forEach(c -> add(reader, c, carrier, constant(reader, c) / unit));
    }
    dead.or(constant);
    dead.clear(carrier);
  }

  /** The constant channel that is farthest from 0 for all readers to whom others are not 0. */
  private int carrier(BitSet constant) {
    int best = -1;
    double most = 0;
    for (int c = constant.nextSetBit(0); c >= 0; c = constant.nextSetBit(c + 1)) {
      int channel = c;
      double least =
          group.readers().stream()
              .filter(reader -> constant.stream().anyMatch(other -> constant(reader, other) != 0))
              .mapToDouble(reader -> Math.abs(constant(reader, channel)))
              .min()
              .orElse(0);
      if (least > most) {
        most = least;
        best = c;
      }
    }
    return best;
  }

  private void add(Node reader, int from, int to, double factor) {
    float[] weight = tensor(tensors, reader.name() + ".weight");
    int outputs = Math.toIntExact(reader.parameters().get(0).shape().get(0));
    int row = weight.length / outputs;
    int block = row / group.channels();
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < block; i++) {
        int at = o * row + to * block + i;
        weight[at] = (float) (weight[at] + factor * weight[o * row + from * block + i]);
      }
    }
  }

  private boolean reads(Node reader, int channel) {
    float[] weight = tensor(tensors, reader.name() + ".weight");
    int outputs = Math.toIntExact(reader.parameters().get(0).shape().get(0));
    int row = weight.length / outputs;
    int block = row / group.channels();
    for (int o = 0; o < outputs; o++) {
      if (!ChannelConstants.isZero(weight, o * row + channel * block, block)) {
        return true;
      }
    }
    return false;
  }

  private double constant(Node reader, int channel) {
    return constants.of(reader.inputs().get(0))[channel];
  }
}
