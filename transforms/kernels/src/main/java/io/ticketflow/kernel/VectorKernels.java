package io.ticketflow.kernel;

/** By vectors of one width, which the JVM has from its start. */
final class VectorKernels implements Kernels {
  @Override
  public void sparse(Taps taps, float[] weights, Begin begin, float[] in, float[] out, Line line) {
    SparseVectors.add(taps, weights, begin, in, out, line);
  }

  @Override
  public void dense(
      Block block,
      int from,
      int to,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Line line) {
    DenseVectors.add(block, from, to, weights, begin, in, out, line);
  }

  @Override
  public void gradient(
      Taps taps,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    GradientVectors.add(taps, in, ofOut, places, from, to, part, gradient);
  }
}
