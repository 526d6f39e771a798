package io.ticketflow.learn.data;

import java.math.BigInteger;

/**
 * Mean and standard deviation of the pixels of each channel, scaled to [0, 1].
 *
 * @param std of the population; 1 where every pixel is equal, so that nothing divides by 0
 */
record Normalisation(float[] mean, float[] std) {
  private static final double WHITE = 255;

  /** From exact integer sums, rounded once at the end; there must be at least one image. */
  static Normalisation of(Images images) {
    float[] mean = new float[images.channels()];
    float[] std = new float[images.channels()];
    int plane = images.height() * images.width();
    byte[] pixels = images.pixels();
    long n = (long) images.count() * plane;
    for (int channel = 0; channel < mean.length; channel++) {
      long sum = 0;
      long squares = 0;
      for (int image = 0; image < images.count(); image++) {
        int from = image * images.imageSize() + channel * plane;
        for (int i = from; i < from + plane; i++) {
          int pixel = pixels[i] & 0xFF;
          sum += pixel;
          squares += (long) pixel * pixel;
        }
      }
      mean[channel] = (float) (sum / (n * WHITE));
      // n² times the variance; the products outgrow a long.
      BigInteger scatter =
          BigInteger.valueOf(n)
              .multiply(BigInteger.valueOf(squares))
              .subtract(BigInteger.valueOf(sum).pow(2));
      std[channel] =
          scatter.signum() == 0 ? 1 : (float) (Math.sqrt(scatter.doubleValue()) / (n * WHITE));
    }
    return new Normalisation(mean, std);
  }
}
