package io.ticketflow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void areWithinAUnitInTheLastPlaceOfStrictMath() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double x = random.nextDouble() * 1400 - 700;
      double exp = StrictMath.exp(x);
      assertThat(Math.abs(Exponential.exp(x) - exp) <= 2 * Math.ulp(exp)).as("e^%s", x).isTrue();
      double y = StrictMath.exp(random.nextDouble() * 200 - 100);
      double log = StrictMath.log(y);
      assertThat(Math.abs(Exponential.log(y) - log) <= 2 * Math.ulp(log) + 1e-16)
          .as("ln %s", y)
          .isTrue();
      assertFloat((float) Exponential.exp(x), (float) exp);
      assertFloat((float) Exponential.log(y), (float) log);
    }
  }

  private static void assertFloat(float ours, float theirs) {
    if (Float.isFinite(theirs) && !(Math.abs(ours - theirs) <= Math.ulp(theirs))) {
      throw new AssertionError(ours + " where StrictMath has " + theirs);
    }
  }

  @Test
  void haveTheEndsOfTheirRange() {
    assertThat(Exponential.exp(0)).isEqualTo(1);
    assertThat(Exponential.exp(-1000)).isZero();
    assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.exp(1000)).isInfinite();
    assertThat(Exponential.exp(Double.NaN)).isNaN();
    assertThat(Exponential.log(1)).isZero();
  }
}
