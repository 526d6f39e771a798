package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.Conv;
import io.ticketflow.learn.model.Layer.Flatten;

/** The two networks for MNIST (LeCun, Bottou, Bengio, Haffner 1998). */
final class LeNet {
  private LeNet() {}

  /**
   * LeNet-300-100: three linear layers over the flattened image, whatever its shape; 266,610
   * parameters on MNIST.
   */
  static ModelGraph fullyConnected(GraphBuilder graph, int classes) {
    return graph
        .then("flatten", new Flatten())
        .linear("fc1", 300)
        .relu("relu1")
        .linear("fc2", 100)
        .relu("relu2")
        .linear("fc3", classes)
        .build(classes);
  }

  /**
   * LeNet-5 as Caffe ships it and as the pruning literature uses it: 5×5 convolutions of 20 and 50
   * channels without padding, each pooled by maximum, then 500 features; 431,080 parameters on
   * MNIST. Caffe has one ReLU, after fc1; here as in its PyTorch descendants each convolution has
   * one too. The network of 1998 is smaller (about 60,000).
   */
  static ModelGraph caffe(GraphBuilder graph, int classes) {
    return graph
        .then("conv1", new Conv(graph.channels(), 20, 5, 1, 0, true))
        .relu("relu1")
        .halve("pool1")
        .then("conv2", new Conv(20, 50, 5, 1, 0, true))
        .relu("relu2")
        .halve("pool2")
        .then("flatten", new Flatten())
        .linear("fc1", 500)
        .relu("relu3")
        .linear("fc2", classes)
        .build(classes);
  }
}
