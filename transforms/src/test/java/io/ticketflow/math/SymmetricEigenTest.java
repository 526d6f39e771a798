package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  /** (2 1; 1 2) by hand: 3 along (1, 1)/√2 and 1 along (1, −1)/√2. */
  @Test
  void findsThoseOfATwoByTwo() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
    double half = Math.sqrt(0.5);
    assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-15));
    assertThat(eigen.vectors()[0]).containsExactly(new double[] {half, half}, within(1e-15));
    // of two entries of one magnitude the first is positive, or the second, by a rounding
    assertThat(Math.abs(eigen.vectors()[1][0])).isCloseTo(half, within(1e-15));
    assertThat(eigen.vectors()[1][0] + eigen.vectors()[1][1]).isCloseTo(0, within(1e-15));
  }

  @Test
  void sortsADiagonalAndSpansWhatIsEqual() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{1, 0, 0}, {0, 4, 0}, {0, 0, 1}});
    assertThat(eigen.values()).containsExactly(4, 1, 1);
    assertThat(eigen.vectors()).isDeepEqualTo(new double[][] {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 27})
  void vectorsAreOrthonormalAndOnlyScaled(int n) {
    KeyedRandom draws = KeyedRandom.of(7, "matrix", n);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = draws.nextGaussian() / (1 + i);
        matrix[j][i] = matrix[i][j];
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    for (int v = 0; v < n; v++) {
      double[] vector = eigen.vectors()[v];
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double image = 0;
        for (int j = 0; j < n; j++) {
          image += matrix[i][j] * vector[j];
        }
        assertThat(image).isCloseTo(eigen.values()[v] * vector[i], within(1e-12));
        largest = Math.abs(vector[i]) > Math.abs(largest) ? vector[i] : largest;
      }
      assertThat(largest).isPositive();
      for (int w = 0; w < n; w++) {
        double product = 0;
        for (int i = 0; i < n; i++) {
          product += vector[i] * eigen.vectors()[w][i];
        }
        assertThat(product).isCloseTo(v == w ? 1 : 0, within(1e-12));
      }
      assertThat(v == 0 || eigen.values()[v - 1] >= eigen.values()[v]).isTrue();
    }
    assertThat(SymmetricEigen.of(matrix).vectors()).isDeepEqualTo(eigen.vectors());
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> SymmetricEigen.of(new double[][] {{Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 0, 0 is NaN");
  }
}
