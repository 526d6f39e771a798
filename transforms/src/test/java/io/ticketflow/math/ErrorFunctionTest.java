package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
  /** Abramowitz &amp; Stegun 1964, table 7.1; erf(4) of the series there. */
  @ParameterizedTest
  @CsvSource({
    "0, 0", "0.1, 0.1124629160", "0.5, 0.5204998778", "1, 0.8427007929", "-1, -0.8427007929",
    "1.5, 0.9661051465", "2, 0.9953222650", "4, 0.9999999846", "7, 1", "-7, -1"
  })
  void theErrorFunctionIsThatOfTheTables(double x, double erf) {
    assertThat(ErrorFunction.of(x)).isCloseTo(erf, within(1e-10));
  }
}
