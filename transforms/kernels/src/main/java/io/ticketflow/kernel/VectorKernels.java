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

  @Override
  public void rectifyBack(float[] values, float[] gradient, int from, int to) {
    ElementVectors.rectifyBack(values, gradient, from, to);
  }

  @Override
  public void sum(float[] values, int at, int places, float[] sums) {
    ElementVectors.sum(values, at, places, sums);
  }

  @Override
  public void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares) {
    ElementVectors.sumSquares(values, at, places, pivot, sums, squares);
  }

  @Override
  public void sumProducts(
      float[] factors,
      int factorsAt,
      float[] values,
      int valuesAt,
      int places,
      float mean,
      float[] sums,
      float[] products) {
    ElementVectors.sumProducts(factors, factorsAt, values, valuesAt, places, mean, sums, products);
  }
}
