package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.torch.TorchProducts;
import io.ticketflow.runners.doctor.Finding.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCheckTest {
  /** libtorch on the CPU, of numbers that keep so many bits; cut off or rounded to nearest. */
  private record OfFewerBits(int bits, boolean rounds) implements ProductCheck.Products {
    @Override
    public float[] matrices(float[] left, float[] right, int rows, int inner, int columns) {
      return TorchProducts.matrices(
          Device.cpu(), coarse(left), coarse(right), rows, inner, columns);
    }

    @Override
    public float[] convolution(
        float[] images, float[] kernels, int count, int in, int out, int side) {
      return TorchProducts.convolution(
          Device.cpu(), coarse(images), coarse(kernels), count, in, out, side);
    }

    private float[] coarse(float[] values) {
      float[] coarse = values.clone();
      for (int i = 0; i < coarse.length; i++) {
        double unit = Math.scalb(1.0, Math.getExponent(coarse[i]) - bits + 1);
        double places = coarse[i] / unit;
        coarse[i] =
            (float)
                (unit
                    * (rounds
                        ? Math.rint(places)
                        : places < 0 ? Math.ceil(places) : Math.floor(places)));
      }
      return coarse;
    }
  }

  @ParameterizedTest
  @CsvSource({"24, true, FLOAT32", "11, true, TF32", "11, false, TF32", "8, true,", "8, false,"})
  void tellsHowManyBitsAreMultiplied(int bits, boolean rounds, Precision expected) {
    ProductCheck check = new ProductCheck(new OfFewerBits(bits, rounds));
    for (double error : new double[] {check.matrices(), check.convolution()}) {
      assertThat(Precision.of(error).orElse(null)).isEqualTo(expected);
      assertThat(ProductCheck.finding("product", error).level())
          .isEqualTo(expected == null ? Level.PROBLEM : Level.OK);
    }
  }

  /** One entry of 260,000, or 19,000, that is not written. */
  @ParameterizedTest
  @CsvSource({"0", "NaN"})
  void findsOneWrongEntry(float wrong) {
    ProductCheck check =
        new ProductCheck(
            new ProductCheck.Products() {
              @Override
              public float[] matrices(
                  float[] left, float[] right, int rows, int inner, int columns) {
                float[] found =
                    TorchProducts.matrices(Device.cpu(), left, right, rows, inner, columns);
                found[largest(found)] = wrong;
                return found;
              }

              @Override
              public float[] convolution(
                  float[] images, float[] kernels, int count, int in, int out, int side) {
                float[] found =
                    TorchProducts.convolution(Device.cpu(), images, kernels, count, in, out, side);
                found[largest(found)] = wrong;
                return found;
              }
            });
    assertThat(ProductCheck.finding("product", check.matrices()).level()).isEqualTo(Level.PROBLEM);
    assertThat(ProductCheck.finding("product", check.convolution()).level())
        .isEqualTo(Level.PROBLEM);
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = Math.abs(values[i]) > Math.abs(values[largest]) ? i : largest;
    }
    return largest;
  }
}
