package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How sparse a method gets, and why averages fall short: worked out by hand. */
class MatchingTest {
  private static final double[] DENSE = {0.900, 0.904, 0.908};

  /**
   * Over three seeds Student's interval is the mean ± 2.484 standard deviations (4.303 / √3). At
   * 0.5 the differences are 0.1, 0 and 0.2 points: mean 0.1, interval −0.148 to 0.348. At 0.25 they
   * are −0.4, −0.5, −0.6: −0.748 to −0.252. At 0.125 −0.9, −1, −1.1: −1.248 to −0.752. At 0.06 all
   * are 3 points too few.
   */
  @Test
  void goesByTheMeanAndItsIntervalFromTheDensestOn() {
    SampleTables tables = new SampleTables();
    double[][] less = {{0.001, 0, 0.002}, {-0.004, -0.005, -0.006}, {-0.009, -0.010, -0.011}};
    for (int seed = 0; seed < 3; seed++) {
      row(tables, seed, 0, 1, DENSE[seed]);
      for (int i = 0; i < less.length; i++) {
        row(tables, seed, i + 1, Math.pow(0.5, i + 1), DENSE[seed] + less[i][seed]);
      }
      row(tables, seed, 4, 0.0625, DENSE[seed] - 0.03);
    }
    List<Matching> found =
        Matching.of(TestAccuracies.of(List.of(tables.named("x"))), List.of(0.0, 0.005, 0.02));
    assertThat(found)
        .extracting(each -> List.of(each.sure(), each.found(), each.possible()))
        .containsExactly(
            List.of(none(), kept("0.5"), kept("0.5")),
            List.of(kept("0.5"), kept("0.25"), kept("0.25")),
            List.of(kept("0.125"), kept("0.125"), kept("0.125")));
  }

  @Test
  void withOneSeedThereIsNoInterval() {
    SampleTables tables = new SampleTables();
    row(tables, 1, 0, 1, 0.9);
    row(tables, 1, 1, 0.5, 0.9);
    assertThat(Matching.of(TestAccuracies.of(List.of(tables.named("x"))), List.of(0.0))).isEmpty();
  }

  /** In cycle 0 the mean of 0.91, 0.90 and 0.83 is 0.88; the merged network has 0.80. */
  @Test
  void anAverageThatFellShortIsToldWithWhatIsKnown() throws IOException {
    SampleTables tables = new SampleTables();
    double[][] particles = {{0.91, 0.90, 0.83}, {0.9, 0.9, 0.9}};
    double[] merged = {0.80, 0.91};
    for (int cycle = 0; cycle < 2; cycle++) {
      double density = cycle == 0 ? 1 : 0.5;
      for (int p = 0; p < 3; p++) {
        tables.cycle("s", "swamp", "", 1, cycle, density, "particle", p, particles[cycle][p]);
      }
      tables.cycle("s", "swamp", "", 1, cycle, density, "merged", null, merged[cycle]);
    }
    tables.epoch("s", "swamp", "", 1, 0, 0, 1, 1, 1.0, null);
    tables.epoch("s", "swamp", "", 1, 0, 0, 1, 2, 0.8, null);
    ExperimentTables experiment = tables.named("x");
    List<Shortfall> found = Shortfall.of(List.of(experiment));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).cycle()).isZero();
    assertThat(ShortfallReasons.of(found.get(0)))
        .containsExactly(
            "In s particle 2 is 7.50 points below the others.",
            "The training loss still fell by 20 % in the last epoch: particles may be trained too"
                + " little.");
    assertThat(ReportPages.page(experiment))
        .contains("Averages that fell short", "<td>−8.00<small>one seed: no interval</small></td>");
  }

  @Test
  void theHeadlineNamesTheBestAtTheSparsestCommonDensityAndItsInterval() {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      row(tables, seed, 1, 0.5, DENSE[seed]);
      tables.cycle(
          "swamp" + seed,
          "swamp",
          "",
          seed,
          1,
          0.5,
          "merged",
          null,
          DENSE[seed] + 0.01 + seed * 1e-3);
      tables.cycle("swamp" + seed, "swamp", "", seed, 2, 0.25, "merged", null, 0.5);
    }
    Map<Series, String> labels = new TreeMap<>();
    List<ExperimentTables> experiments = List.of(tables.named("x"));
    assertThat(HeadlineSentence.of(experiments, Gain.of(experiments), labels))
        .isEqualTo(
            "At 50 % of the prunable weights, swamp has the highest mean test accuracy, 91.50 %:"
                + " +1.10 points beside imp (95 % interval +0.85 to +1.35, 3 seeds; better).");
  }

  private static void row(
      SampleTables tables, int seed, int cycle, double density, double accuracy) {
    tables.cycle("imp" + seed, "imp", "", seed, cycle, density, "merged", null, accuracy);
  }

  private static Optional<BigDecimal> kept(String density) {
    return Optional.of(new BigDecimal(density));
  }

  private static Optional<BigDecimal> none() {
    return Optional.empty();
  }
}
