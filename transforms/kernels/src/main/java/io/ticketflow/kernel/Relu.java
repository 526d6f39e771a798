package io.ticketflow.kernel;

/** max(x, 0), in place; NaN stays NaN. Where x is 0 no gradient comes through. */
public final class Relu implements Unit {
  private final FeatureMap map;

  public Relu(FeatureMap map) {
    this.map = map;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    float[] values = map.values();
    int count = map.blocks(images) * map.blockSize();
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    float[] values = map.values();
    float[] gradients = map.gradient();
    int count = map.blocks(images) * map.blockSize();
    for (int i = 0; i < count; i++) {
      gradients[i] = values[i] > 0 ? gradients[i] : 0;
    }
  }
}
