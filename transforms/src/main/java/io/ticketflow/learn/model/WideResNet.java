package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.Dropout;
import io.ticketflow.learn.model.Layer.GlobalAvgPool;

/**
 * WRN-d-k (Zagoruyko &amp; Komodakis 2016): three stages of n pre-activation blocks with 16k, 32k
 * and 64k channels. Dropout, where it is asked for, comes before the second convolution of each
 * block. Names are those of the widely used PyTorch port (conv1, block1.layer.0.bn1 … convShortcut,
 * bn1, fc). On CIFAR-10 WRN-28-10 has 36,479,194 parameters and WRN-28-2 1,467,610.
 *
 * <p>The paper counts the 1×1 shortcuts into the depth: d = 6n + 4. Others count as for ResNets, d
 * = 6n + 2, so that WRN-32-4 has n = 5 and is the paper's WRN-34-4; both are accepted.
 */
final class WideResNet {
  private WideResNet() {}

  /** Whether a network of that depth exists. */
  static boolean isDepth(int depth) {
    return depth >= 8 && (depth % 6 == 2 || depth % 6 == 4);
  }

  /**
   * @param dropout share of what goes into the second convolutions; 0 = no such layer
   */
  static ModelGraph of(GraphBuilder graph, int depth, int factor, double dropout, int classes) {
    int blocks = (depth - 2) / 6;
    graph.conv("conv1", 16, 3, 1);
    for (int stage = 0; stage < 3; stage++) {
      for (int block = 0; block < blocks; block++) {
        String name = "block" + (stage + 1) + ".layer." + block;
        append(graph, name, (16 << stage) * factor, stage > 0 && block == 0 ? 2 : 1, dropout);
      }
    }
    return graph
        .norm("bn1")
        .relu("relu")
        .then("avgpool", new GlobalAvgPool())
        .linear("fc", classes)
        .build(classes);
  }

  private static void append(
      GraphBuilder graph, String name, int channels, int stride, double dropout) {
    String input = graph.here();
    boolean widens = graph.channels() != channels;
    String activated = graph.norm(name + ".bn1").relu(name + ".relu1").here();
    graph.conv(name + ".conv1", channels, 3, stride).norm(name + ".bn2").relu(name + ".relu2");
    if (dropout > 0) {
      graph.then(name + ".dropout", new Dropout(dropout));
    }
    String branch = graph.conv(name + ".conv2", channels, 3, 1).here();
    String shortcut = input;
    // The port feeds a shortcut that widens with the activated input, and registers it last.
    if (widens) {
      shortcut = graph.from(activated).conv(name + ".convShortcut", channels, 1, stride).here();
    }
    graph.sum(name + ".add", branch, shortcut);
  }
}
