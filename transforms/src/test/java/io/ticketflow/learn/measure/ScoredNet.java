package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.SaliencySpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A masked network on ten images, and its gradients by plain loops in doubles. */
final class ScoredNet {
  final String name;
  final ModelGraph graph;
  final DataSplits data;
  final TensorSet weights;
  final Masks masks;
  private final Calculator calculator;

  ScoredNet(String name, ModelGraph graph) {
    this(name, graph, Fixtures.data(graph, 10, 3), Fixtures.weights(graph, 4));
  }

  ScoredNet(String name, ModelGraph graph, DataSplits data, TensorSet weights) {
    this.name = name;
    this.graph = graph;
    this.data = data;
    this.weights = weights;
    this.masks = Fixtures.masks(graph);
    this.calculator = new TorchCalculator(Device.cpu());
  }

  /** The same network, scored by that engine. */
  ScoredNet by(Calculator other) {
    return new ScoredNet(name + " by " + other.getClass().getSimpleName(), this, other);
  }

  private ScoredNet(String name, ScoredNet net, Calculator calculator) {
    this.name = name;
    this.graph = net.graph;
    this.data = net.data;
    this.weights = net.weights;
    this.masks = net.masks;
    this.calculator = calculator;
  }

  @Override
  public String toString() {
    return name;
  }

  GradientScores scores(SaliencySpec saliency) {
    return new GradientScores(
        graph, data, saliency, GradientScores.draws(7), calculator, Device.cpu());
  }

  PlainNetwork plain() {
    PlainNetwork plain = new PlainNetwork(graph, weights, true);
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              double[] values = plain.tensor(name);
              for (int i = 0; i < values.length; i++) {
                values[i] = mask.keeps(i) ? values[i] : 0;
              }
            });
    return plain;
  }

  /** The mean gradient over the images drawn, batch by batch. */
  Map<String, double[]> gradient(PlainNetwork plain, int batchSize, double temperature) {
    int count = data.train().count();
    int[] order = balanced(data.train());
    Map<String, double[]> mean = new HashMap<>();
    for (int from = 0; from < count; from += batchSize) {
      int[] batch = Arrays.copyOfRange(order, from, Math.min(count, from + batchSize));
      Images images = data.train().select(batch);
      plain
          .lossGradients(normalised(images, data), images.labels(), temperature)
          .forEach(
              (name, part) -> {
                double[] sum = mean.computeIfAbsent(name, n -> new double[part.length]);
                for (int i = 0; i < part.length; i++) {
                  sum[i] += part[i] / count;
                }
              });
    }
    return mean;
  }

  /**
   * Images by their rank among those of their class, in a permutation, and then by a second one's.
   */
  private static int[] balanced(Images images) {
    KeyedRandom draws = KeyedRandom.of(7, "saliency", "images");
    int[] permutation = draws.permutation(images.count());
    int[] turns = draws.permutation(images.classes());
    int[] seen = new int[images.classes()];
    int[] rank = new int[images.count()];
    for (int image : permutation) {
      rank[image] = seen[images.labels()[image]]++;
    }
    int[] turn = new int[images.classes()];
    for (int i = 0; i < turns.length; i++) {
      turn[turns[i]] = i;
    }
    return IntStream.range(0, images.count())
        .boxed()
        .sorted(
            Comparator.comparing((Integer image) -> rank[image])
                .thenComparing(image -> turn[images.labels()[image]]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static double[][] normalised(Images images, DataSplits data) {
    double[][] all = new double[images.count()][images.imageSize()];
    int plane = images.height() * images.width();
    for (int n = 0; n < all.length; n++) {
      for (int i = 0; i < images.imageSize(); i++) {
        double pixel = (images.pixels()[n * images.imageSize() + i] & 0xFF) / 255.0;
        all[n][i] = (pixel - data.mean()[i / plane]) / data.std()[i / plane];
      }
    }
    return all;
  }
}
