package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.Flatten;

/**
 * Conv-2, Conv-4 and Conv-6, the scaled-down VGGs of the lottery ticket hypothesis (Frankle &amp;
 * Carbin 2019, figure 2): pairs of 3×3 convolutions of 64, 128 and 256 channels, each pair pooled
 * by maximum, then 256, 256 and the classes; no BatchNorm.
 *
 * <p>On CIFAR-10 they have 4,301,642, 2,425,930 and 2,262,602 parameters. The paper's figure gives
 * 4.3M, 2.4M and, for Conv-6, 1.7M, which its own layer sizes do not add up to.
 */
final class ConvNet {
  private ConvNet() {}

  /**
   * @param convolutions 2, 4 or 6
   */
  static ModelGraph of(GraphBuilder graph, int convolutions, int classes) {
    for (int pair = 1; 2 * pair <= convolutions; pair++) {
      int channels = 32 << pair;
      for (int index = 2 * pair - 1; index <= 2 * pair; index++) {
        graph.biasedConv3("conv" + index, channels).relu("relu" + index);
      }
      graph.halve("pool" + pair);
    }
    return graph
        .then("flatten", new Flatten())
        .linear("fc1", 256)
        .relu("fc1.relu")
        .linear("fc2", 256)
        .relu("fc2.relu")
        .linear("fc3", classes)
        .build(classes);
  }
}
