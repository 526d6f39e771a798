package io.ticketflow.math;

import java.util.List;

/**
 * The mean of float arrays weighted by what is known of each entry: Σ F_i·w_i / Σ F_i (Matena and
 * Raffel, NeurIPS 2022, equation 2 with the diagonal of the Fisher information).
 */
public final class FisherMean {
  private FisherMean() {}

  /**
   * The weighted mean, in double in the list's order, rounded to float once. Of equal arrays it is
   * that array; of equal information the mean, but for the last bit.
   *
   * @param arrays at least one, all of one length
   * @param information of each array's entries, at least 0
   * @param floor what an entry's information counts at least, above 0
   */
  public static float[] of(List<float[]> arrays, List<float[]> information, double floor) {
    float[] mean = new float[arrays.get(0).length];
    for (int i = 0; i < mean.length; i++) {
      double weight = Math.max(floor, information.get(0)[i]);
      // Not from 0: that would turn -0 into +0.
      double sum = weight * arrays.get(0)[i];
      double weights = weight;
      for (int j = 1; j < arrays.size(); j++) {
        weight = Math.max(floor, information.get(j)[i]);
        sum += weight * arrays.get(j)[i];
        weights += weight;
      }
      mean[i] = (float) (sum / weights);
    }
    return mean;
  }
}
