package io.ticketflow.math;

import java.util.List;

/**
 * TIES-merging (Yadav et al., NeurIPS 2023) of copies that set out from one anchor, entry by entry.
 *
 * <p>A copy's step is δ = w − anchor. Of each step the largest entries stay, and each entry takes
 * the sign with the larger sum of |δ| over the copies whose entry stays. The result is the anchor
 * and λ times the mean of those δ that have this sign. Where none stays, or both sums are equal, it
 * is the anchor. Steps are in double, summed in the copies' order, and rounded to float once at the
 * end.
 */
public final class TiesMerge {
  private TiesMerge() {}

  /**
   * Entries of a step that stay.
   *
   * @param share above 0 and at most 1
   * @param entries of the tensor
   */
  public static long kept(double share, long entries) {
    return Math.round(share * entries);
  }

  /**
   * What a step's entries are ranked by: δ rounded to a float.
   *
   * @param values as many as of the anchor
   */
  public static float[] step(float[] values, float[] anchor) {
    float[] step = new float[values.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = values[i] - anchor[i];
    }
    return step;
  }

  /**
   * The merged entries.
   *
   * @param copies at least one, as long as the anchor
   * @param staying of each copy, which entries of its step stay
   * @param scale λ
   */
  public static float[] of(float[] anchor, List<float[]> copies, List<Mask> staying, double scale) {
    float[] merged = anchor.clone();
    for (int i = 0; i < merged.length; i++) {
      double up = 0;
      double down = 0;
      int rising = 0;
      int falling = 0;
      for (int j = 0; j < copies.size(); j++) {
        double step = (double) copies.get(j)[i] - anchor[i];
        if (step > 0 && staying.get(j).keeps(i)) {
          up += step;
          rising++;
        } else if (step < 0 && staying.get(j).keeps(i)) {
          down -= step;
          falling++;
        }
      }
      if (up > down) {
        merged[i] = (float) (anchor[i] + scale * (up / rising));
      } else if (down > up) {
        merged[i] = (float) (anchor[i] - scale * (down / falling));
      }
    }
    return merged;
  }
}
