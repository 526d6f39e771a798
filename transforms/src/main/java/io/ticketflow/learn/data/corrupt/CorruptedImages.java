package io.ticketflow.learn.data.corrupt;

import io.ticketflow.learn.data.Images;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.corrupt.Corruption;

/** Images that are corrupted here. */
public final class CorruptedImages {
  private static final int FULL = 255;

  private CorruptedImages() {}

  /**
   * Every image corrupted by itself, with its labels: the draws of an image are those of its place,
   * whichever others there are.
   *
   * @param clean are left as they are
   * @param severity from 1 to 5
   */
  public static Images of(Images clean, Corruption corruption, int severity, long seed) {
    int size = clean.imageSize();
    byte[] pixels = new byte[clean.pixels().length];
    float[] image = new float[size];
    for (int i = 0; i < clean.count(); i++) {
      for (int j = 0; j < size; j++) {
        image[j] = (clean.pixels()[i * size + j] & FULL) / (float) FULL;
      }
      float[] corrupted =
          corruption.apply(
              image,
              clean.channels(),
              clean.height(),
              clean.width(),
              severity,
              KeyedRandom.of(seed, "corruption", corruption.label(), severity, i));
      for (int j = 0; j < size; j++) {
        pixels[i * size + j] = (byte) Math.round(FULL * corrupted[j]);
      }
    }
    return new Images(
        clean.channels(),
        clean.height(),
        clean.width(),
        clean.classes(),
        pixels,
        clean.labels().clone());
  }
}
