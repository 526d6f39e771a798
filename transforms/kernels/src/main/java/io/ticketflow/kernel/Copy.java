package io.ticketflow.kernel;

/** Copies a map to another, for a unit that works there in place. */
public final class Copy implements Unit {
  private final Crew crew;
  private final Sink in;
  private final FeatureMap out;

  public Copy(Crew crew, Sink in, FeatureMap out) {
    this.crew = crew;
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    Rows.each(
        crew,
        out,
        in.map(),
        images,
        (to, from, floats) -> System.arraycopy(in.map().values(), from, out.values(), to, floats));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    Rows.pass(crew, out, in, images);
  }
}
