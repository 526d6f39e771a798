package io.ticketflow.learn.model;

/**
 * The residual blocks of He, Zhang, Ren and Sun (2016), with torchvision's names. Where a block
 * changes the size or the channels, its shortcut is a 1×1 convolution with BatchNorm (option B).
 */
enum ResidualBlock {
  /** Two 3×3 convolutions. */
  BASIC(1) {
    @Override
    GraphBuilder branch(GraphBuilder graph, String name, int channels, int stride) {
      return graph
          .conv(name + ".conv1", channels, 3, stride)
          .norm(name + ".bn1")
          .relu(name + ".relu1")
          .conv(name + ".conv2", channels, 3, 1)
          .norm(name + ".bn2");
    }
  },

  /** 1×1, 3×3 and 1×1, the last one four times as wide; the stride is the 3×3's (ResNet v1.5). */
  BOTTLENECK(4) {
    @Override
    GraphBuilder branch(GraphBuilder graph, String name, int channels, int stride) {
      return graph
          .conv(name + ".conv1", channels, 1, 1)
          .norm(name + ".bn1")
          .relu(name + ".relu1")
          .conv(name + ".conv2", channels, 3, stride)
          .norm(name + ".bn2")
          .relu(name + ".relu2")
          .conv(name + ".conv3", 4 * channels, 1, 1)
          .norm(name + ".bn3");
    }
  };

  private final int expansion;

  ResidualBlock(int expansion) {
    this.expansion = expansion;
  }

  abstract GraphBuilder branch(GraphBuilder graph, String name, int channels, int stride);

  /** A stage: {@code blocks} of them, NAME.0, NAME.1 and so on; the first has the stride. */
  void appendStage(GraphBuilder graph, String name, int blocks, int channels, int stride) {
    for (int block = 0; block < blocks; block++) {
      append(graph, name + "." + block, channels, block == 0 ? stride : 1);
    }
  }

  private void append(GraphBuilder graph, String name, int channels, int stride) {
    String input = graph.here();
    boolean reshapes = stride != 1 || graph.channels() != expansion * channels;
    String branch = branch(graph, name, channels, stride).here();
    String shortcut = input;
    // After the branch, though it could run before: PyTorch registers it last.
    if (reshapes) {
      graph.from(input).conv(name + ".downsample.0", expansion * channels, 1, stride);
      shortcut = graph.norm(name + ".downsample.1").here();
    }
    graph.sum(name + ".add", branch, shortcut).relu(name + ".relu");
  }
}
