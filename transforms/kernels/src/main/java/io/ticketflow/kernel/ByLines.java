package io.ticketflow.kernel;

/**
 * Map by map: all of a batch's values, then all of the gradient in the weights, then all of the
 * gradient in what was read. So lines of places may run across blocks, where rows are short.
 */
final class ByLines implements Walk {
  private final FeatureMap in;
  private final FeatureMap out;
  private final Way there;
  private final Way[] back;
  private final WeightGradient weightGradient;
  private final BiasGradient biasGradient;

  ByLines(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps) {
    this.out = out;
    in = sink.map();
    there = new Way(crew, taps.there());
    back =
        sink.wanted()
            ? taps.back().stream().map(direction -> new Way(crew, direction)).toArray(Way[]::new)
            : new Way[0];
    weightGradient = new WeightGradient(crew, geometry, in, out, taps.gradient());
    biasGradient = new BiasGradient(crew, out);
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    there.run(weights, begin, in.values(), out.values(), out.blocks(images));
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases) {
    int blocks = out.blocks(images);
    weightGradient.run(blocks, gradient);
    if (bias >= 0) {
      biasGradient.run(blocks, bias, biases);
    }
    for (Way each : back) {
      each.run(weights, begin, out.gradient(), in.gradient(), blocks);
    }
  }
}
