package io.ticketflow.kernel;

/**
 * Adds a second map to a first one, in place. Both maps' gradients are one, and may be one array.
 */
public final class Sum implements Unit {
  private final FeatureMap map;
  private final Sink second;
  private final boolean rectified;
  private final Crew crew;

  /**
   * The sum of two maps of one shape.
   *
   * @param map the first, which becomes the sum
   * @param rectified whether ReLU follows, in place
   */
  public Sum(Crew crew, FeatureMap map, Sink second, boolean rectified) {
    this.crew = crew;
    this.rectified = rectified;
    this.map = map;
    this.second = second;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    Rows.each(
        crew,
        map,
        second.map(),
        images,
        (to, from, floats) -> {
          float[] sum = map.values();
          float[] other = second.map().values();
          float least = rectified ? 0 : Float.NEGATIVE_INFINITY;
          for (int i = 0; i < floats; i++) {
            sum[to + i] = Math.max(sum[to + i] + other[from + i], least);
          }
        });
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (rectified) {
      Relu.back(crew, map, images);
    }
    if (second.map().gradient() != map.gradient()) {
      Rows.pass(crew, map, second, images);
    }
  }
}
