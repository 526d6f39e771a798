package io.ticketflow.kernel;

/** Copies a map to another, for a unit that works there in place. */
public final class Copy implements Unit {
  private final Sink in;
  private final Rows there;
  private final Rows back;

  /** A copy of what the sink is of. */
  public Copy(Crew crew, Sink in, FeatureMap out) {
    this.in = in;
    FeatureMap read = in.map();
    there =
        new Rows(
            crew,
            out,
            read,
            (to, from, floats) -> System.arraycopy(read.values(), from, out.values(), to, floats));
    back = Rows.passing(crew, out, in);
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    there.run(images);
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (in.wanted()) {
      back.run(images);
    }
  }
}
