package io.ticketflow.math;

import java.util.ArrayList;
import java.util.List;

/**
 * Expected calibration error (Guo, Pleiss, Sun, Weinberger, ICML 2017, eq. 3): confidences are
 * sorted into B bins of equal width ((b − 1)/B, b/B], and the error is the mean over images of the
 * gap between a bin's accuracy and its mean confidence. Confidence 0 is in the first bin.
 */
public final class CalibrationError {
  private final double[] confidences;
  private final long[] correct;
  private final long[] images;

  /**
   * A bin of the reliability diagram.
   *
   * @param position its number, from 0
   * @param images in it, at least 1
   * @param confidence their mean
   * @param accuracy fraction of them that were right
   */
  public record Bin(int position, long images, double confidence, double accuracy) {}

  /** An error over so many bins, at least 1. */
  CalibrationError(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be at least 1, got " + bins);
    }
    confidences = new double[bins];
    correct = new long[bins];
    images = new long[bins];
  }

  /** Adds an image by the probability of its most probable class, in [0, 1]. */
  void add(double confidence, boolean isCorrect) {
    int bin = bin(confidence, images.length);
    confidences[bin] += confidence;
    correct[bin] += isCorrect ? 1 : 0;
    images[bin]++;
  }

  static int bin(double confidence, int bins) {
    int bin = (int) Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    // The product is rounded; the edges decide.
    if (bin > 0 && confidence <= bin / (double) bins) {
      bin--;
    } else if (bin < bins - 1 && confidence > (bin + 1) / (double) bins) {
      bin++;
    }
    return bin;
  }

  /** The bins that hold images, in order. */
  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < images.length; bin++) {
      if (images[bin] > 0) {
        double count = images[bin];
        bins.add(new Bin(bin, images[bin], confidences[bin] / count, correct[bin] / count));
      }
    }
    return bins;
  }

  /** The error; NaN without images. */
  double value() {
    double gaps = 0;
    long all = 0;
    for (int bin = 0; bin < images.length; bin++) {
      gaps += Math.abs(correct[bin] - confidences[bin]);
      all += images[bin];
    }
    return gaps / all;
  }
}
