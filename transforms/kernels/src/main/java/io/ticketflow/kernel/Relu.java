package io.ticketflow.kernel;

/** max(x, 0), in place; NaN stays NaN. Where x is 0 no gradient comes through. */
public final class Relu implements Unit {
  private final Kernels kernels;
  private final FeatureMap map;

  public Relu(Kernels kernels, FeatureMap map) {
    this.kernels = kernels;
    this.map = map;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    float[] values = map.values();
    int end = map.end(images);
    for (int i = map.begin(); i < end; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    kernels.rectifyBack(map.values(), map.gradient(), map.begin(), map.end(images));
  }
}
