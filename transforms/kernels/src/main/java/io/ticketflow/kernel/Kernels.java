package io.ticketflow.kernel;

/**
 * The loops over images in which a training spends its time, over plain arrays.
 *
 * <p>Images lie innermost, {@value #LANES} side by side. What is read or written at one place of a
 * feature map is always that many, so no sum runs across lanes but in {@link #gradient}. Every
 * product is added by one {@code fma}, in the order that the method says; so every implementation
 * gives the same bits, whatever the width of its vectors.
 *
 * <p>A sum that is not −0 stays as it is when 0 times a finite number is added. So the dense and
 * the sparse loop of one layer give the same bits.
 *
 * <p>Implementations keep no state; threads share them.
 */
public interface Kernels {
  /** Images side by side. */
  int LANES = 16;

  /**
   * For each row r and each place i of the line: {@code out[r, i] = begin_r + Σ_k weight_k ·
   * in[offset_k, i]}, over the row's taps k, ascending.
   */
  void sparse(Taps taps, float[] weights, Begin begin, float[] in, float[] out, Line line);

  /**
   * The same where every row has every tap, of which those {@code from … to − 1} are added: row r's
   * weight for tap k is {@code weights[weight_k + r · weightStep]}.
   */
  void dense(
      Block block,
      int from,
      int to,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Line line);

  /**
   * The gradient in the weights of taps: {@code Σ ofOut[r, i, lane] · in[offset_k, i, lane]} over
   * the places i, {@code from … to − 1}, in their order, and over lanes. Each lane is summed by
   * itself; then lanes are added up by one tree: i and i + 8, then i and i + 4, i + 2, i + 1.
   *
   * @param taps whose weights lie in the taps' order
   * @param gradient at the index of each tap's weight
   */
  void gradient(
      Taps taps,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient);

  /**
   * Sets the gradient in {@code from … to − 1}, a multiple of lanes, to 0 where a value is not
   * above 0.
   */
  void rectifyBack(float[] values, float[] gradient, int from, int to);

  /** Adds places that lie side by side to the sums of their lanes, in their order. */
  void sum(float[] values, int at, int places, float[] sums);

  /** Likewise their distance from a pivot, and its squares. */
  void sumSquares(float[] values, int at, int places, float pivot, float[] sums, float[] squares);

  /** Likewise factors, and their products with the values' distance from a mean. */
  void sumProducts(
      float[] factors,
      int factorsAt,
      float[] values,
      int valuesAt,
      int places,
      float mean,
      float[] sums,
      float[] products);

  /**
   * A part of a sum over many places.
   *
   * @param first whether it begins with 0
   * @param last whether it ends the sum and gives the gradient
   * @param sums {@value #LANES} a tap, kept between parts
   */
  record Part(boolean first, boolean last, float[] sums) {
    /** All of a sum. */
    public static final Part WHOLE = new Part(true, true, new float[0]);
  }
}
