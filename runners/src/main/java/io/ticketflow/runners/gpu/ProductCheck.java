package io.ticketflow.runners.gpu;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.runners.doctor.Finding;
import java.util.Locale;
import java.util.Optional;

/** Products on a device against nested loops in doubles: are they right, and how exact are they? */
final class ProductCheck {
  /** No multiples of a block, so that kernels come to their edges. */
  private static final int ROWS = 509;

  private static final int INNER = 511;
  private static final int COLUMNS = 513;
  private static final int IMAGES = 2;
  private static final int IN = 20;
  private static final int OUT = 33;
  private static final int SIDE = 17;

  /** What a device computes: see {@link io.ticketflow.learn.torch.TorchProducts}. */
  interface Products {
    float[] matrices(float[] left, float[] right, int rows, int inner, int columns);

    float[] convolution(float[] images, float[] kernels, int count, int in, int out, int side);
  }

  private final Products products;

  ProductCheck(Products products) {
    this.products = products;
  }

  /** The error of a product of two matrices with entries in [-1, 1), as a share of its size. */
  double matrices() {
    float[] left = draws("left", ROWS * INNER);
    float[] right = draws("right", INNER * COLUMNS);
    double[] expected = new double[ROWS * COLUMNS];
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < INNER; k++) {
        double factor = left[row * INNER + k];
        for (int column = 0; column < COLUMNS; column++) {
          expected[row * COLUMNS + column] += factor * right[k * COLUMNS + column];
        }
      }
    }
    return Deviation.of(expected, products.matrices(left, right, ROWS, INNER, COLUMNS));
  }

  /** The same of a convolution with kernels of 3 × 3. */
  double convolution() {
    float[] images = draws("images", IMAGES * IN * SIDE * SIDE);
    float[] kernels = draws("kernels", OUT * IN * 9);
    double[] expected = new double[IMAGES * OUT * SIDE * SIDE];
    for (int at = 0; at < expected.length; at++) {
      int x = at % SIDE;
      int y = at / SIDE % SIDE;
      int out = at / (SIDE * SIDE) % OUT;
      int image = at / (SIDE * SIDE * OUT);
      for (int in = 0; in < IN; in++) {
        for (int tap = 0; tap < 9; tap++) {
          int row = y + tap / 3 - 1;
          int column = x + tap % 3 - 1;
          if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
            expected[at] +=
                (double) images[((image * IN + in) * SIDE + row) * SIDE + column]
                    * kernels[(out * IN + in) * 9 + tap];
          }
        }
      }
    }
    return Deviation.of(expected, products.convolution(images, kernels, IMAGES, IN, OUT, SIDE));
  }

  /** What an error says of such products. */
  static Finding finding(String subject, double error) {
    Optional<Precision> precision = Precision.of(error);
    return precision.isPresent()
        ? Finding.ok(
            subject,
            String.format(
                Locale.ROOT,
                "Right, in %s: off by %.0e of their size.",
                precision.get().title(),
                error))
        : Finding.problem(
            subject,
            String.format(
                Locale.ROOT,
                "Wrong: off by %.0e of their size. Do not trust this device; try another libtorch"
                    + " or driver.",
                error));
  }

  private static float[] draws(String purpose, int count) {
    KeyedRandom random = KeyedRandom.of(1, "doctor", "products", purpose);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
