package io.ticketflow.learn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalisationDrawsTest {
  /** Five standard deviations of a mean of 10,000 uniform draws are 0.0144. */
  @Test
  void alphaIsUniformAndOfItsStep() {
    DrawKey draws = new DrawKey(1, 2, 3);
    double sum = 0;
    double squares = 0;
    for (int step = 0; step < 10_000; step++) {
      float alpha = draws.normalisation(step).nextFloat();
      assertThat(alpha).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += alpha;
      squares += (double) alpha * alpha;
    }
    assertThat(sum / 10_000).isCloseTo(0.5, within(0.0144));
    assertThat(squares / 10_000).isCloseTo(1 / 3.0, within(0.0149));
    float one = draws.normalisation(7).nextFloat();
    assertThat(one)
        .isEqualTo(new DrawKey(1, 2, 3).normalisation(7).nextFloat())
        .isNotEqualTo(draws.normalisation(8).nextFloat())
        .isNotEqualTo(new DrawKey(1, 2, 4).normalisation(7).nextFloat())
        .isNotEqualTo(new DrawKey(1, 3, 3).normalisation(7).nextFloat())
        .isNotEqualTo(new DrawKey(2, 2, 3).normalisation(7).nextFloat());
  }
}
