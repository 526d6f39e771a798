package io.ticketflow.kernel;

/** By vectors of one width, which the JVM has from its start. */
final class VectorKernels implements Kernels {
  @Override
  public void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line) {
    SparseVectors.add(taps, weights, begin, in, read, out, write, line);
  }

  @Override
  public void dense(
      Block block,
      int from,
      int to,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line) {
    DenseVectors.add(block, from, to, weights, begin, in, read, out, write, line);
  }

  @Override
  public void gradient(
      Taps taps,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    GradientVectors.add(taps, in, read, ofOut, write, places, from, to, part, gradient);
  }

  @Override
  public void products(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Line line,
      int lines,
      int readStep,
      int writeStep,
      float[] sums,
      int at) {
    ProductVectors.add(
        taps, fromRow, toRow, in, read, ofOut, write, line, lines, readStep, writeStep, sums, at);
  }

  @Override
  public void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Places places,
      int from,
      int to) {
    ShortRowVectors.add(taps, weights, begin, in, out, places, from, to);
  }

  @Override
  public void products(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      float[] sums,
      int at) {
    ShortRowProducts.add(taps, fromRow, toRow, in, ofOut, write, places, from, to, sums, at);
  }

  @Override
  public void lanes(float[] sums, int at, int taps, float[] gradient, int to) {
    GradientVectors.sums(sums, at, gradient, to, taps);
  }

  @Override
  public float touch(float[] values, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i += LANES) {
      sum += values[i];
    }
    return sum;
  }

  @Override
  public void rectifyBack(float[] values, float[] gradient, int from, int to) {
    ElementVectors.rectifyBack(values, gradient, from, to);
  }

  @Override
  public void add(float[] sum, int to, float[] other, int from, int floats, boolean rectified) {
    ElementVectors.add(sum, to, other, from, floats, rectified);
  }

  @Override
  public void normalise(
      float[] in,
      int from,
      float[] out,
      int to,
      int floats,
      float factor,
      float rest,
      boolean rectified) {
    ElementVectors.normalise(in, from, out, to, floats, factor, rest, rectified);
  }

  @Override
  public void affineBack(
      float[] ofOut,
      int from,
      float[] in,
      int at,
      float[] ofIn,
      int to,
      int floats,
      float factor,
      float slope,
      float rest) {
    ElementVectors.affineBack(ofOut, from, in, at, ofIn, to, floats, factor, slope, rest);
  }

  @Override
  public void sum(float[] values, int at, int places, float[] sums, int lanes) {
    LaneSums.sum(values, at, places, sums, lanes);
  }

  @Override
  public void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares, int lanes) {
    LaneSums.squares(values, at, places, pivot, sums, squares, lanes);
  }

  @Override
  public void reduceBack(
      float[] in,
      int from,
      float[] gradient,
      int to,
      int places,
      float factor,
      float rest,
      boolean rectified,
      float mean,
      float[] sums,
      float[] products,
      int lanes) {
    LaneSums.reduceBack(
        in, from, gradient, to, places, factor, rest, rectified, mean, sums, products, lanes);
  }

  @Override
  public void larger(
      float[] in,
      int from,
      int step,
      float[] largest,
      int to,
      float[] chosen,
      int places,
      int number) {
    PoolVectors.larger(in, from, step, largest, to, chosen, places, number);
  }

  @Override
  public void addChosen(
      float[] gradient,
      int at,
      float[] chosen,
      float[] sum,
      int to,
      int step,
      int places,
      int number) {
    PoolVectors.addChosen(gradient, at, chosen, sum, to, step, places, number);
  }
}
