package io.ticketflow.kernel;

/** max(x, 0), in place; NaN stays NaN. Where x is 0 no gradient comes through. */
public final class Relu implements Unit {
  private final Crew crew;
  private final FeatureMap map;

  public Relu(Crew crew, FeatureMap map) {
    this.crew = crew;
    this.map = map;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    float[] values = map.values();
    crew.ranges(map.begin(), map.end(images), (from, to) -> rectify(values, from, to));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    back(crew, map, images);
  }

  private static void rectify(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  /** Sets the gradient in a map to 0 where its values are not above 0. */
  static void back(Crew crew, FeatureMap map, int images) {
    crew.ranges(
        map.begin(),
        map.end(images),
        (from, to) -> crew.kernels().rectifyBack(map.values(), map.gradient(), from, to));
  }
}
