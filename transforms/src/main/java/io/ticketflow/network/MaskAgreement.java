package io.ticketflow.network;

import io.ticketflow.math.Mask;

/**
 * What two networks have in common in one tensor.
 *
 * @param bothKept entries that both keep
 * @param flipped those of them that are above 0 in one network and below it in the other
 */
public record MaskAgreement(long bothKept, long flipped) {
  /** The comparison of two tensors of one size under their masks. */
  public static MaskAgreement of(float[] first, Mask ofFirst, float[] second, Mask ofSecond) {
    Mask both = ofFirst.and(ofSecond);
    long flipped = 0;
    for (int i = both.nextKept(0); i >= 0; i = both.nextKept(i + 1)) {
      if ((first[i] > 0 && second[i] < 0) || (first[i] < 0 && second[i] > 0)) {
        flipped++;
      }
    }
    return new MaskAgreement(both.kept(), flipped);
  }
}
