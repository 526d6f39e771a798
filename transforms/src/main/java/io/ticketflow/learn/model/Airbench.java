package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.BatchNorm;
import io.ticketflow.learn.model.Layer.Conv;
import io.ticketflow.learn.model.Layer.Flatten;
import io.ticketflow.learn.model.Layer.Gelu;
import io.ticketflow.learn.model.Layer.Linear;
import io.ticketflow.learn.model.Layer.MaxPool;
import io.ticketflow.learn.model.Layer.Scale;

/**
 * The network of Jordan's airbench94 ("94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024,
 * arXiv 2404.00498): a frozen layer that whitens 2×2 patches, three blocks of two 3×3 convolutions
 * with w, 4w and 4w channels, and a linear layer whose logits are divided by 9. On CIFAR-10
 * 1,971,352 entries are trained.
 *
 * <p>BatchNorm has a bias and no weight of its own, and its running statistics take 0.4 of each
 * batch. Its ε is PyTorch's 1e-5, where the author has 1e-12.
 */
final class Airbench {
  /** w in the paper. */
  private static final int PUBLISHED_WIDTH = 64;

  private static final int PATCH = 2;
  private static final double MOMENTUM = 0.4;

  private Airbench() {}

  /**
   * @param width channels of the first block; 0 = the paper's 64
   */
  static ModelGraph of(GraphBuilder graph, int width, int classes) {
    int channels = width == 0 ? PUBLISHED_WIDTH : width;
    int filters = Whitening.filters(graph.channels(), PATCH);
    graph
        .then(
            "whiten",
            new Conv(graph.channels(), filters, PATCH, 1, 0, true, FirstWeights.WHITENING))
        .then("gelu", new Gelu());
    append(graph, "block1", channels);
    append(graph, "block2", 4 * channels);
    append(graph, "block3", 4 * channels);
    graph.then("pool", new MaxPool(3, 3, 0)).then("flatten", new Flatten());
    return graph
        .then("head", new Linear(graph.channels(), classes, false))
        .then("logit_scale", new Scale(1.0 / 9))
        .build(classes);
  }

  private static void append(GraphBuilder graph, String name, int channels) {
    convolve(graph, name + ".conv1", channels).halve(name + ".pool");
    activate(graph, name, 1);
    convolve(graph, name + ".conv2", channels);
    activate(graph, name, 2);
  }

  private static GraphBuilder convolve(GraphBuilder graph, String name, int channels) {
    return graph.then(
        name, new Conv(graph.channels(), channels, 3, 1, 1, false, FirstWeights.DIRAC));
  }

  private static void activate(GraphBuilder graph, String block, int number) {
    graph
        .then(block + ".norm" + number, new BatchNorm(graph.channels(), MOMENTUM, false))
        .then(block + ".gelu" + number, new Gelu());
  }
}
