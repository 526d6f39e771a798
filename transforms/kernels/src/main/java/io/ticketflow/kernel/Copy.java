package io.ticketflow.kernel;

/** Copies a map to another, for a unit that works there in place. */
public final class Copy implements Unit {
  private final Sink in;
  private final FeatureMap out;

  public Copy(Sink in, FeatureMap out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    Rows.each(
        out,
        in.map(),
        images,
        (to, from, floats) -> System.arraycopy(in.map().values(), from, out.values(), to, floats));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    Rows.pass(out, in, images);
  }
}
