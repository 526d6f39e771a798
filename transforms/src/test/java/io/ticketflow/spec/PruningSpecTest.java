package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.testing.TestSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruningSpecTest {
  @ParameterizedTest
  @CsvSource({
    // worked by hand: 266,200 · 0.85² = 192,329.5, and halves go up
    "0.15, 2, 266200, 192330",
    // 1,000 · 0.85² = 722.5
    "0.15, 2, 1000, 723",
    // 50 · 0.7² = 24.5
    "0.3, 2, 50, 25",
    // 266,200 · 0.8¹⁵ = 9,366.08…
    "0.2, 15, 266200, 9366",
    "0.2, 0, 266200, 266200"
  })
  void keepsTheRoundedCountOfTheDecimalRate(double rate, int cycle, long total, long kept) {
    assertThat(spec(rate, 20, false, List.of()).keptAfter(cycle, total)).isEqualTo(kept);
  }

  @Test
  void givenDensitiesCountAsDecimals() {
    PruningSpec spec = spec(0.2, 9, false, List.of(0.35, 0.005));
    assertThat(spec.lastCycle()).isEqualTo(2);
    // 0.35 · 10 = 3.5, 0.005 · 100 = 0.5
    assertThat(spec.keptAfter(1, 10)).isEqualTo(4);
    assertThat(spec.keptAfter(2, 100)).isEqualTo(1);
  }

  @Test
  void oneShotTakesAwayInOneCycleWhatAllWould() {
    PruningSpec spec = spec(0.5, 3, true, List.of());
    assertThat(spec.lastCycle()).isEqualTo(1);
    assertThat(spec.keptAfter(1, 80)).isEqualTo(10);
  }

  private static PruningSpec spec(
      double rate, int cycles, boolean oneShot, List<Double> densities) {
    return TestSettings.run(
            "pruning: {rate: " + rate + ", cycles: " + cycles + ", oneShot: " + oneShot + "}",
            "pruning.densities: " + densities)
        .pruning();
  }
}
