package io.ticketflow.learn.flow;

/**
 * The largest value of each window, of equal ones the first, or the mean. Borders count as −∞; a
 * mean has none.
 */
record Pool(Plane in, Plane out, int height, int width, int stride, int padding, boolean largest)
    implements Step {
  /** A place of what is given, and one that its window reads. */
  @FunctionalInterface
  private interface Pair {
    void take(int out, int in, boolean first);
  }

  @Override
  public void forward() {
    double[] read = in.values();
    double[] written = out.values();
    if (largest) {
      each((to, from, first) -> written[to] = first ? read[from] : larger(written[to], read[from]));
    } else {
      each((to, from, first) -> written[to] += read[from] / (height * width));
    }
  }

  private static double larger(double a, double b) {
    return b > a || Double.isNaN(b) ? b : a;
  }

  @Override
  public void backward() {
    double[] ofIn = in.gradient();
    double[] ofOut = out.gradient();
    if (largest) {
      int[] chosen = new int[ofOut.length];
      each(
          (to, from, first) ->
              chosen[to] =
                  first || in.values()[from] > in.values()[chosen[to]] ? from : chosen[to]);
      for (int i = 0; i < chosen.length; i++) {
        ofIn[chosen[i]] += ofOut[i];
      }
    } else {
      each((to, from, first) -> ofIn[from] += ofOut[to] / (height * width));
    }
  }

  private void each(Pair pair) {
    int rows = out.shape().isImage() ? out.height() : 1;
    int columns = out.shape().isImage() ? out.width() : 1;
    for (int place = 0; place < out.shape().size(); place++) {
      int channel = place / (rows * columns);
      int top = place % (rows * columns) / columns * stride - padding;
      int left = place % columns * stride - padding;
      boolean first = true;
      for (int row = Math.max(0, top); row < Math.min(in.height(), top + height); row++) {
        for (int column = Math.max(0, left);
            column < Math.min(in.width(), left + width);
            column++) {
          pair.take(place, in.at(channel, row) + column, first);
          first = false;
        }
      }
    }
  }
}
