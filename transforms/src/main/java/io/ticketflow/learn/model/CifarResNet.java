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
 *
 * <p>resnet-32x4 is ResNet-32 with stages four times as wide behind a stem of 16 channels. Some
 * papers call it WRN-32-4; wrn-32-4 is the network of pre-activation blocks.
 */
final class CifarResNet {
  /** w in the paper. */
  private static final int PUBLISHED_WIDTH = 16;

  private CifarResNet() {}

  /**
   * @param width channels of the stem and of the first stage; 0 = the paper's 16
   */
  static ModelGraph of(GraphBuilder graph, int depth, int width, int classes) {
    int channels = width == 0 ? PUBLISHED_WIDTH : width;
    return of(graph, depth, channels, channels, classes);
  }

  /** Stages that are so many times as wide as the paper's; the stem is not. */
  static ModelGraph widened(GraphBuilder graph, int depth, int factor, int classes) {
    return of(graph, depth, PUBLISHED_WIDTH, factor * PUBLISHED_WIDTH, classes);
  }

  private static ModelGraph of(GraphBuilder graph, int depth, int stem, int channels, int classes) {
    int blocks = (depth - 2) / 6;
    graph.conv("conv1", stem, 3, 1).norm("bn1").relu("relu");
    ResidualBlock.BASIC.appendStage(graph, "layer1", blocks, channels, 1);
    ResidualBlock.BASIC.appendStage(graph, "layer2", blocks, 2 * channels, 2);
    ResidualBlock.BASIC.appendStage(graph, "layer3", blocks, 4 * channels, 2);
    return graph.then("avgpool", new GlobalAvgPool()).linear("fc", classes).build(classes);
  }
}
