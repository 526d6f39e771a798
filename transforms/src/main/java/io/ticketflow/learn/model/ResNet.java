package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.GlobalAvgPool;
import io.ticketflow.learn.model.Layer.MaxPool;

/**
 * The four-stage ResNets (He et al. 2016) with torchvision's names; with the imagenet stem and 1000
 * classes ResNet-18 has 11,689,512 parameters and ResNet-50 25,557,032.
 *
 * <p>The imagenet stem is a 7×7 convolution of stride 2 and a 3×3 pool of stride 2; the cifar stem
 * is a 3×3 convolution of stride 1 and no pool.
 */
final class ResNet {
  private ResNet() {}

  static ModelGraph resnet18(GraphBuilder graph, String stem, int classes) {
    return of(graph, stem, ResidualBlock.BASIC, new int[] {2, 2, 2, 2}, classes);
  }

  static ModelGraph resnet50(GraphBuilder graph, String stem, int classes) {
    return of(graph, stem, ResidualBlock.BOTTLENECK, new int[] {3, 4, 6, 3}, classes);
  }

  private static ModelGraph of(
      GraphBuilder graph, String stem, ResidualBlock block, int[] blocks, int classes) {
    if (stem.equals("imagenet")) {
      graph.conv("conv1", 64, 7, 2).norm("bn1").relu("relu");
      graph.then("maxpool", new MaxPool(3, 2, 1));
    } else {
      graph.conv("conv1", 64, 3, 1).norm("bn1").relu("relu");
    }
    for (int stage = 0; stage < blocks.length; stage++) {
      block.appendStage(
          graph, "layer" + (stage + 1), blocks[stage], 64 << stage, stage == 0 ? 1 : 2);
    }
    return graph.then("avgpool", new GlobalAvgPool()).linear("fc", classes).build(classes);
  }
}
