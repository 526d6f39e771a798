package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.GlobalAvgPool;

/**
 * The ResNets for CIFAR (He et al. 2016, section 4.2): depth 6n + 2 in three stages of n basic
 * blocks with w, 2w and 4w channels.
 *
 * <p>Shortcuts that change shape are 1×1 convolutions with BatchNorm, as in open_lth: ResNet-20 has
 * 272,474 parameters. The paper's own shortcuts there (option A: every second pixel, padded with
 * zero channels) have none, and its ResNet-20 has 269,722. Names are torchvision's, with three
 * stages.
 */
final class CifarResNet {
  /** w in the paper. */
  private static final int PUBLISHED_WIDTH = 16;

  private CifarResNet() {}

  /**
   * @param width channels of the first stage; 0 = the paper's 16
   */
  static ModelGraph of(GraphBuilder graph, int depth, int width, int classes) {
    int channels = width == 0 ? PUBLISHED_WIDTH : width;
    int blocks = (depth - 2) / 6;
    graph.conv("conv1", channels, 3, 1).norm("bn1").relu("relu");
    ResidualBlock.BASIC.appendStage(graph, "layer1", blocks, channels, 1);
    ResidualBlock.BASIC.appendStage(graph, "layer2", blocks, 2 * channels, 2);
    ResidualBlock.BASIC.appendStage(graph, "layer3", blocks, 4 * channels, 2);
    return graph.then("avgpool", new GlobalAvgPool()).linear("fc", classes).build(classes);
  }
}
