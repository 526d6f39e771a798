package io.ticketflow.runners.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.CycleRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void showsMeanAndSampleDeviationOverSeeds() {
    List<CycleRow> rows =
        List.of(
            row("imp", 1, 1.0, "merged", null, "test", 0.96),
            row("imp", 2, 1.0, "merged", null, "test", 0.97),
            row("imp", 3, 1.0, "merged", null, "test", 0.98),
            row("imp", 1, 1.0, "merged", null, "validation", 0.10),
            row("imp", 1, 0.8, "merged", null, "test", 0.90),
            row("imp", 2, 0.8, "merged", null, "test", 0.92));
    ResultTable table = ResultTable.of(rows);
    // By hand: 97 ± 1; 91 ± sqrt((1 + 1) / 1) = 1.41.
    assertThat(table.title())
        .isEqualTo("Test accuracy in % by density, mean ± standard deviation over 3 seeds");
    assertThat(table.lines(100))
        .containsExactly(
            "method         100 %        80.0 %", "imp     97.00 ± 1.00  91.00 ± 1.41");
  }

  @Test
  void averagesParticlesWithinASeedFirst() {
    List<CycleRow> rows =
        List.of(
            row("swamp", 1, 1.0, "merged", null, "test", 0.99),
            row("swamp", 1, 1.0, "particle", 0, "test", 0.90),
            row("swamp", 1, 1.0, "particle", 1, "test", 0.94),
            row("swamp", 2, 1.0, "merged", null, "test", 0.99),
            row("swamp", 2, 1.0, "particle", 0, "test", 0.96));
    // (0.92 + 0.96) / 2 = 0.94, deviation sqrt(2 · 0.02²) = 2.83 points; not the mean of three.
    assertThat(ResultTable.of(rows).lines(100))
        .containsExactly(
            "method                   100 %",
            "swamp             99.00 ± 0.00", "swamp, particles  94.00 ± 2.83");
  }

  @Test
  void hasNoRowForTheOneParticleOfAMethodWithoutAveraging() {
    List<CycleRow> rows =
        List.of(
            row("imp", 1, 1.0, "merged", null, "test", 0.99),
            row("imp", 1, 1.0, "particle", 0, "test", 0.99));
    assertThat(ResultTable.of(rows).lines(100)).containsExactly("method  100 %", "imp     99.00");
  }

  @Test
  void leavesAGapWhereAMethodHasNoSuchDensity() {
    List<CycleRow> rows =
        List.of(
            row("imp", 1, 0.5, "merged", null, "test", 0.99),
            row("one-shot", 1, 0.1, "merged", null, "test", 0.98));
    assertThat(ResultTable.of(rows).lines(100))
        .containsExactly(
            "method    50.0 %  10.0 %", "imp        99.00       –", "one-shot       –   98.00");
  }

  @Test
  void dropsColumnsFromTheMiddleUntilItFits() {
    List<CycleRow> rows = new ArrayList<>();
    double density = 1;
    for (int cycle = 0; cycle < 12; cycle++) {
      rows.add(row("imp", 1, density, "merged", null, "test", 0.9));
      density *= 0.8;
    }
    List<String> lines = ResultTable.of(rows).lines(50);
    assertThat(lines).allMatch(line -> line.length() <= 50);
    assertThat(lines.get(0))
        .startsWith("method")
        .contains("100 %")
        .contains("…")
        .endsWith("8.59 %");
  }

  @Test
  void givesDensitiesThreeSignificantDigits() {
    assertThat(ResultTable.density(1)).isEqualTo("100 %");
    assertThat(ResultTable.density(0.512)).isEqualTo("51.2 %");
    assertThat(ResultTable.density(0.0360288)).isEqualTo("3.60 %");
    assertThat(ResultTable.density(0.0035)).isEqualTo("0.350 %");
  }

  private static CycleRow row(
      String method,
      long seed,
      double density,
      String subject,
      @Nullable Integer particle,
      String split,
      double accuracy) {
    return CycleRow.newBuilder()
        .setRun(method + "-" + seed)
        .setMethod(method)
        .setVariant("")
        .setDataset("mnist")
        .setModel("lenet-300-100")
        .setSeed(seed)
        .setCycle(0)
        .setDensity(density)
        .setKept(1)
        .setTotal(1)
        .setSubject(subject)
        .setParticle(particle)
        .setSplit(split)
        .setLoss(0)
        .setAccuracy(accuracy)
        .setNll(0)
        .setEce(0)
        .setBrier(0)
        .setWorstClassAccuracy(0)
        .build();
  }
}
