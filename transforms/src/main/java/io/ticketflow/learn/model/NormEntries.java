package io.ticketflow.learn.model;

import java.util.Arrays;

/** Which trained entries of a layout are of BatchNorm: those beside running statistics. */
public final class NormEntries {
  private NormEntries() {}

  /** A number for each entry of the layout's array: 1, but the factor in BatchNorm's biases. */
  public static float[] biases(FlatLayout layout, double factor) {
    float[] factors = starts(layout);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factors[i] == 0 ? (float) factor : 1f;
    }
    return factors;
  }

  /** {@link #start} of each entry of the layout's array. */
  public static float[] starts(FlatLayout layout) {
    float[] starts = new float[layout.size()];
    int at = 0;
    for (ParameterSpec spec : layout.trained()) {
      int end = at + Math.toIntExact(spec.size());
      Arrays.fill(starts, at, end, start(layout, spec));
      at = end;
    }
    return starts;
  }

  /**
   * What a trained tensor begins at, if it is of BatchNorm: 1 for weights, 0 for biases; NaN for
   * all others.
   */
  public static float start(FlatLayout layout, ParameterSpec spec) {
    String name = spec.name();
    String mean = name.substring(0, name.lastIndexOf('.') + 1) + "running_mean";
    if (layout.buffers().stream().noneMatch(buffer -> buffer.name().equals(mean))) {
      return Float.NaN;
    }
    return name.endsWith(".bias") ? 0 : 1;
  }
}
