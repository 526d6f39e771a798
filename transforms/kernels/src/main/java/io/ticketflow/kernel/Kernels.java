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
   *
   * @param weights tap k's at {@code base + k}
   * @param read what is added to the places that are read
   * @param write likewise to those that are written
   */
  void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line);

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
      int read,
      float[] out,
      int write,
      Line line);

  /**
   * The gradient in the weights of taps: {@code Σ ofOut[r, i, lane] · in[offset_k, i, lane]} over
   * the places i, {@code from … to − 1}, in their order, and over lanes. Each lane is summed by
   * itself; then lanes are added up by one tree: i and i + 8, then i and i + 4, i + 2, i + 1.
   *
   * @param taps whose weights lie in the taps' order
   * @param read what is added to the places of the input
   * @param write likewise to those of the output
   * @param gradient at the index of each tap's weight
   */
  void gradient(
      Taps taps,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient);

  /**
   * Adds to the lanes of {@link #gradient} over the places of lines, in their order, for taps that
   * differ from row to row.
   *
   * @param fromRow the first row of taps
   * @param toRow the row behind the last one
   * @param read what is added to the places of the input
   * @param write likewise to those of the output, which lie side by side
   * @param line the first of so many lines
   * @param readStep floats from a line that is read to the next
   * @param writeStep likewise in the output
   * @param sums {@value #LANES} a tap, of the first of these rows' from {@code at} on
   */
  void products(
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
      int at);

  /**
   * {@link #sparse(Taps, float[], Begin, float[], int, float[], int, Line)} over places {@code from
   * … to − 1}, of which each two lie side by side where they are read and where they are written.
   */
  void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Places places,
      int from,
      int to);

  /**
   * {@link #products(Taps, int, int, float[], int, float[], int, Line, int, int, int, float[],
   * int)} over such places.
   *
   * @param write what is added to the places of the output
   */
  void products(
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
      int at);

  /** Adds up the lanes of so many taps, which lie from {@code at} on, as {@link #gradient} does. */
  void lanes(float[] sums, int at, int taps, float[] gradient, int to);

  /** Reads floats, so that they are in the cache when they are written. */
  float touch(float[] values, int from, int to);

  /**
   * Sets the gradient in {@code from … to − 1}, a multiple of lanes, to 0 where a value is not
   * above 0.
   */
  void rectifyBack(float[] values, float[] gradient, int from, int to);

  /** Adds floats to others: {@code sum += other}, then max(sum, 0) if it is rectified. */
  void add(float[] sum, int to, float[] other, int from, int floats, boolean rectified);

  /** {@code out = in · factor + rest}, then max(out, 0) if it is rectified; NaN stays. */
  void normalise(
      float[] in,
      int from,
      float[] out,
      int to,
      int floats,
      float factor,
      float rest,
      boolean rectified);

  /** {@code ofIn = ofOut · factor + (in · slope + rest)}. */
  void affineBack(
      float[] ofOut,
      int from,
      float[] in,
      int at,
      float[] ofIn,
      int to,
      int floats,
      float factor,
      float slope,
      float rest);

  /**
   * Adds places that lie side by side to the sums of their lanes, in their order.
   *
   * @param lanes where the sums lie
   */
  void sum(float[] values, int at, int places, float[] sums, int lanes);

  /** Likewise their distance from a pivot, and its squares. */
  void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares, int lanes);

  /**
   * Sets a gradient to 0, if it is rectified, where {@link #normalise} with the same factor and
   * rest gives nothing above 0; and adds it to the sums of its lanes, alone and by the values'
   * distance from a mean.
   */
  void reduceBack(
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
      int lanes);

  /**
   * Takes over, place by place, what is larger than the largest so far or NaN, and notes its number
   * where it does.
   *
   * @param step floats from a place that is read to the next
   * @param largest side by side from {@code to} on, as the numbers are
   */
  void larger(
      float[] in,
      int from,
      int step,
      float[] largest,
      int to,
      float[] chosen,
      int places,
      int number);

  /**
   * Adds the gradient in what {@link #larger} took over to where the values of this number were.
   *
   * @param at where gradient and numbers begin, side by side
   * @param step floats from a place that is added to to the next
   */
  void addChosen(
      float[] gradient,
      int at,
      float[] chosen,
      float[] sum,
      int to,
      int step,
      int places,
      int number);
}
