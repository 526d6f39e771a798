package io.ticketflow.learn.train;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.TensorSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The mean of batches' statistics, Σ n_b·stat_b / Σ n_b where batch b has n_b images: summed in
 * doubles, rounded once. For one thread.
 */
public final class StatisticsMean {
  private final Map<String, double[]> sums = new HashMap<>();
  private long images;

  /** Takes the next batch's, of so many images. */
  public void add(Map<ParameterSpec, float[]> statistics, int count) {
    images += count;
    statistics.forEach(
        (spec, values) -> {
          double[] sum = sums.getOrDefault(spec.name(), new double[values.length]);
          for (int i = 0; i < values.length; i++) {
            sum[i] += (double) count * values[i];
          }
          sums.put(spec.name(), sum);
        });
  }

  /** A network with the mean as its statistics; at least one batch was added. */
  public TensorSet in(TensorSet network) {
    return network.map(
        tensor -> {
          double[] sum = sums.get(tensor.name());
          return sum == null ? tensor : tensor.withValues(mean(sum));
        });
  }

  private float[] mean(double[] sum) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / images);
    }
    return mean;
  }
}
