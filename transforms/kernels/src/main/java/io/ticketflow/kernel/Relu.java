package io.ticketflow.kernel;

/** max(x, 0), in place; NaN stays NaN. Where x is 0 no gradient comes through. */
public final class Relu implements Unit {
  private final FeatureMap map;
  private final Ranges there;
  private final Ranges back;

  /** A layer over a map. */
  public Relu(Crew crew, FeatureMap map) {
    this.map = map;
    there = new Ranges(crew, (from, to) -> rectify(map.values(), from, to));
    back = back(crew, map);
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    there.run(map.begin(), map.end(images));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    back.run(map.begin(), map.end(images));
  }

  private static void rectify(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  /** Sets the gradient in a map to 0 where its values are not above 0. */
  static Ranges back(Crew crew, FeatureMap map) {
    return new Ranges(
        crew, (from, to) -> crew.kernels().rectifyBack(map.values(), map.gradient(), from, to));
  }
}
