package io.ticketflow.kernel;

/** Adds a second map to a first one, in place. */
public final class Sum implements Unit {
  private final FeatureMap map;
  private final Sink second;

  /**
   * The sum of two maps of one shape.
   *
   * @param map the first, which becomes the sum
   */
  public Sum(FeatureMap map, Sink second) {
    this.map = map;
    this.second = second;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    Rows.each(
        map,
        second.map(),
        images,
        (to, from, floats) -> {
          float[] sum = map.values();
          float[] other = second.map().values();
          for (int i = 0; i < floats; i++) {
            sum[to + i] += other[from + i];
          }
        });
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    Rows.pass(map, second, images);
  }
}
