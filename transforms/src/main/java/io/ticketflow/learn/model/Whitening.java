package io.ticketflow.learn.model;

import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.math.SymmetricEigen;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Filters that make the values of a patch uncorrelated and of equal size: for each eigenvector v of
 * the patches' second moments, with its eigenvalue λ, the filters v/√(λ + ε) and −v/√(λ + ε)
 * (Jordan 2024, section 3.1, after Coates &amp; Ng 2012).
 *
 * <p>Patches are all k×k windows of the first 5,000 train images, normalised as in training. The
 * filters go from the largest eigenvalue to the smallest, those with −v behind all others. A v has
 * the sign that makes its largest entry positive. All is in doubles, rounded once: the same images
 * give the same bits on every machine.
 */
public final class Whitening {
  private static final int IMAGES = 5000;

  /** So that directions without any contrast are not blown up: the author's. */
  private static final double EPSILON = 5e-4;

  private Whitening() {}

  /** How many filters images of so many channels have: two for each number of a patch. */
  static int filters(int channels, int kernel) {
    return 2 * channels * kernel * kernel;
  }

  /**
   * The network with whitening filters in every layer that has such; a network without is given
   * back.
   *
   * @param network every tensor of the graph
   * @param data its train split makes the filters
   */
  public static TensorSet in(ModelGraph graph, TensorSet network, DataSplits data) {
    Map<String, float[]> filters = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.Conv conv && conv.first() == FirstWeights.WHITENING) {
        filters.put(node.name() + ".weight", of(data, conv.kernel(), EPSILON));
      }
    }
    return filters.isEmpty() ? network : network.map(tensor -> with(tensor, filters));
  }

  private static Tensor with(Tensor tensor, Map<String, float[]> filters) {
    float[] own = filters.get(tensor.name());
    return own == null ? tensor : tensor.withValues(own);
  }

  /** The filters, filter × channel × row × column. */
  static float[] of(DataSplits data, int kernel, double epsilon) {
    SymmetricEigen eigen = SymmetricEigen.of(moments(data, kernel));
    int size = eigen.values().length;
    float[] filters = new float[2 * size * size];
    for (int i = 0; i < size; i++) {
      double[] vector = eigen.vectors()[i];
      double scale = Math.sqrt(eigen.values()[i] + epsilon);
      for (int j = 0; j < size; j++) {
        float entry = (float) (vector[j] / scale);
        filters[i * size + j] = entry;
        filters[(size + i) * size + j] = -entry;
      }
    }
    return filters;
  }

  /** The mean of p·pᵀ over the patches p. */
  private static double[][] moments(DataSplits data, int kernel) {
    BatchSource source = new BatchSource(data.train(), data.mean(), data.std());
    int channels = data.train().channels();
    int height = data.train().height();
    int width = data.train().width();
    int count = Math.min(IMAGES, data.train().count());
    int size = channels * kernel * kernel;
    double[][] sums = new double[size][size];
    float[] image = new float[source.imageSize()];
    double[] patch = new double[size];
    for (int n = 0; n < count; n++) {
      source.fill(new int[] {n}, 0, 1, image);
      for (int row = 0; row + kernel <= height; row++) {
        for (int column = 0; column + kernel <= width; column++) {
          for (int i = 0; i < size; i++) {
            int down = row + i / kernel % kernel;
            int channel = i / (kernel * kernel);
            patch[i] = image[(channel * height + down) * width + column + i % kernel];
          }
          add(patch, sums);
        }
      }
    }
    double patches = (double) count * (height - kernel + 1) * (width - kernel + 1);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        sums[i][j] /= patches;
        sums[j][i] = sums[i][j];
      }
    }
    return sums;
  }

  private static void add(double[] patch, double[][] sums) {
    for (int i = 0; i < patch.length; i++) {
      for (int j = 0; j <= i; j++) {
        sums[i][j] += patch[i] * patch[j];
      }
    }
  }
}
