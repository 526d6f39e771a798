package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarrierTest {
  /** 2 + t + 4·t·(1 − t) has its ends at 2 and 3, and its top of 3.5625 at 5/8. */
  @Test
  void ofAParabolaWithEndsOfUnequalHeight() {
    List<Double> values =
        Shares.positions(9, 0).stream().map(t -> 2 + t + 4 * t * (1 - t)).toList();
    Barrier barrier = Barrier.of(values);
    assertThat(barrier.overMax()).isEqualTo(0.5625);
    assertThat(barrier.overMean()).isEqualTo(1.0625);
    assertThat(barrier.peak()).isEqualTo(5);
  }

  @Test
  void aValleyIsNoBarrier() {
    Barrier barrier = Barrier.of(List.of(2.0, 1.0, 4.0));
    assertThat(barrier.overMax()).isZero();
    assertThat(barrier.overMean()).isEqualTo(1);
    assertThat(barrier.peak()).isEqualTo(2);
  }

  @Test
  void theFirstOfEqualsIsThePeakAndWhatIsNoNumberIsTheHighest() {
    assertThat(Barrier.of(List.of(1.0, 5.0, 5.0, 1.0)).peak()).isEqualTo(1);
    assertThat(Barrier.of(List.of(1.0, 5.0, Double.NaN, 1.0)).overMax()).isNaN();
    assertThatThrownBy(() -> Barrier.of(List.of(1.0)))
        .hasMessage("a line has two ends, got 1 values");
  }

  @Test
  void linesGoOnByWholeSteps() {
    assertThat(Shares.positions(3, 0.5)).containsExactly(-0.5, 0.0, 0.5, 1.0, 1.5);
    assertThat(Shares.positions(3, 0.7)).containsExactly(-0.5, 0.0, 0.5, 1.0, 1.5);
    assertThat(Shares.positions(11, 0.3)).hasSize(17).startsWith(-0.3).endsWith(1.3);
    assertThat(Shares.onLine(0.25)).containsExactly(0.75, 0.25);
  }

  /** A share of three that are drawn evenly has the mean 1/3 and the variance 1/18. */
  @Test
  void pointsOfAHullAreDrawnEvenly() {
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      List<Double> shares = Shares.inHull(KeyedRandom.of(3, "hull", i), 3);
      assertThat(shares).allMatch(share -> share >= 0 && share <= 1);
      assertThat(shares.stream().mapToDouble(s -> s).sum()).isCloseTo(1, within(1e-12));
      sum += shares.get(2);
      squares += shares.get(2) * shares.get(2);
    }
    double mean = sum / draws;
    // four standard errors: of the mean √(1/18/20000), and about as many of the variance
    assertThat(mean).isCloseTo(1.0 / 3, within(0.0067));
    assertThat(squares / draws - mean * mean).isCloseTo(1.0 / 18, within(0.0018));
  }
}
