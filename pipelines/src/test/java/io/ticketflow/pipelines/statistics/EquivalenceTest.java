package io.ticketflow.pipelines.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.pipelines.statistics.Equivalence.Finding;
import org.junit.jupiter.api.Test;

/** Two one-sided tests against t tables, published powers and draws made elsewhere. */
class EquivalenceTest {
  /** By hand: mean 0.12, s 0.238747, s/√5 0.106771, and t(0.95; 4) 2.131847 of the table. */
  @Test
  void aPairedComparisonHasTheIntervalOfTheTable() {
    Equivalence test = Equivalence.paired(new double[] {0.1, 0.3, -0.2, 0.4, 0}, 0.5, 0.05);
    assertThat(test.difference()).isEqualTo(0.12, within(1e-12));
    assertThat(test.low()).isEqualTo(-0.107619, within(1e-6));
    assertThat(test.high()).isEqualTo(0.347619, within(1e-6));
    assertThat(test.finding()).isEqualTo(Finding.SAME);
    assertThat(Equivalence.paired(new double[] {0.1, 0.3, -0.2, 0.4, 0}, 0.3, 0.05).finding())
        .isEqualTo(Finding.CANNOT_TELL);
    assertThat(Equivalence.paired(new double[] {2.1, 2.3, 1.8, 2.4, 2}, 0.5, 0.05).finding())
        .isEqualTo(Finding.DIFFERENT);
  }

  /** Welch by numpy: error 0.364387, 2.930334 degrees of freedom. */
  @Test
  void anUnpairedComparisonIsWelchs() {
    Equivalence test =
        Equivalence.unpaired(
            new double[] {91.2, 91.6, 90.9, 91.5}, new double[] {90.8, 91.9, 91.1}, 0.5, 0.05);
    assertThat(test.difference()).isEqualTo(1.0 / 30, within(1e-9));
    assertThat(test.error()).isEqualTo(0.364387, within(1e-6));
    assertThat(test.freedom()).isEqualTo(2.930334, within(1e-6));
    assertThat(test.finding()).isEqualTo(Finding.CANNOT_TELL);
  }

  /**
   * The example of R's PowerTOST, sampleN.TOST(CV = 0.3): 40 subjects in two periods, a true ratio
   * of 0.95 and the limits 0.8 to 1.25 have the power 0.815845.
   */
  @Test
  void powerIsThePublishedOne() {
    double sigma = Math.sqrt(Math.log(1 + 0.3 * 0.3));
    Equivalence test = new Equivalence(0, sigma * Math.sqrt(2.0 / 40), 38, Math.log(1.25), 0.05);
    assertThat(test.power(Math.log(0.95))).isEqualTo(0.815845, within(1e-5));
  }

  /** Four million draws of mean and error by numpy, for few seeds. */
  @Test
  void powerWithFewSeedsIsThatOfDraws() {
    assertThat(new Equivalence(0, 0.1, 2, 0.5, 0.05).power(0)).isEqualTo(0.857067, within(1e-3));
    assertThat(new Equivalence(0, 0.2, 4, 0.5, 0.05).power(0)).isEqualTo(0.402935, within(1e-3));
    assertThat(new Equivalence(0, 0.1, 4, 0.5, 0.05).power(0.3)).isEqualTo(0.504117, within(1e-3));
  }

  /** At a true difference of exactly the margin, "same" is said with a chance of alpha. */
  @Test
  void aWrongSameIsAsRareAsAsked() {
    assertThat(new Equivalence(0, 0.05, 20, 0.5, 0.05).power(0.5)).isEqualTo(0.05, within(1e-4));
  }

  @Test
  void equalValuesHaveNoSpread() {
    Equivalence test = Equivalence.paired(new double[] {0.1, 0.1, 0.1}, 0.5, 0.05);
    assertThat(test.error()).isZero();
    assertThat(test.finding()).isEqualTo(Finding.SAME);
    assertThat(test.power(0)).isEqualTo(1);
  }
}
