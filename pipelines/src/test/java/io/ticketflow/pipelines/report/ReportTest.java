package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which numbers a report shows, and in which order. */
final class ReportTest {
  @Test
  void headlineTableHoldsMeanAndSampleDeviationOverSeeds() throws IOException {
    // Merged: mean 0.91, std sqrt((0.01² + 0 + 0.01²) / 2) = 0.01.
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      String run = "swamp-" + seed;
      double merged = 0.90 + 0.01 * seed;
      tables
          .cycle(run, "swamp", "", seed, 0, 1, "merged", null, merged)
          .cycle(run, "swamp", "", seed, 0, 1, "particle", 0, merged - 0.04)
          .cycle(run, "swamp", "", seed, 0, 1, "particle", 1, merged - 0.02)
          .cycle(run, "swamp", "", seed, 0, 1, "ensemble", null, 0.95);
    }
    tables.cycle("imp-0", "imp", "", 0, 0, 1, "merged", null, 0.5);
    String page = ReportPages.page(tables.named("x"));
    assertThat(page)
        .contains("<strong>★ 91.00 ± 1.00</strong>")
        .contains("<small>particles 88.00 ± 1.00</small>")
        .contains("<small>ensemble 95.00 ± 0.00</small>")
        .contains("<span class=\"mean\">50.00</span>")
        .contains("<th scope=\"row\"><span class=\"name\">100 %</span></th>");
    JsonNode merged = ReportPages.find(ReportPages.data(page).get("accuracy"), "swamp", "merged");
    assertThat(merged.get("mean").asDouble()).isCloseTo(0.91, within(1e-12));
    assertThat(merged.get("std").asDouble()).isCloseTo(0.01, within(1e-12));
    assertThat(merged.get("min").asDouble()).isEqualTo(0.90);
    assertThat(merged.get("seeds").asInt()).isEqualTo(3);
    JsonNode particles =
        ReportPages.find(ReportPages.data(page).get("accuracy"), "swamp", "particles");
    assertThat(particles.get("mean").asDouble()).isCloseTo(0.88, within(1e-12));
  }

  @Test
  void alignsMethodsByDensityAndLeavesGapsEmpty() throws IOException {
    String page =
        ReportPages.page(
            new SampleTables()
                .cycle("a", "a", "", 0, 0, 1, "merged", null, 0.9)
                .cycle("a", "a", "", 0, 1, 0.512, "merged", null, 0.8)
                .cycle("b", "b", "", 0, 0, 1, "merged", null, 0.7)
                .named("x"));
    assertThat(ReportPages.rows(page))
        .containsExactly("Density|a|b", "100 %|★ 90.00|70.00", "51.2 %|80.00|–");
  }

  @Test
  void curvesAreMeansOverSeedsAndParticlesAndBeginWithTheMatchingTicket() throws IOException {
    SampleTables tables =
        new SampleTables()
            .epoch("r0", "m", "", 0, 0, -1, 1, 1, 3, null)
            .epoch("r0", "m", "", 0, 0, 0, 1, 2, 1, 0.5)
            .epoch("r0", "m", "", 0, 0, 1, 1, 2, 2, 0.7)
            .epoch("r1", "m", "", 1, 0, 0, 1, 2, 3, null);
    JsonNode curves = ReportPages.data(ReportPages.page(tables.named("x"))).get("curves");
    assertThat(curves).hasSize(2);
    assertThat(curves.get(0).get("trainLoss").asDouble()).isEqualTo(3);
    assertThat(curves.get(0).has("validationAccuracy")).isFalse();
    assertThat(curves.get(1).get("epoch").asInt()).isEqualTo(2);
    assertThat(curves.get(1).get("trainLoss").asDouble()).isEqualTo(2);
    assertThat(curves.get(1).get("validationAccuracy").asDouble()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void layersKeepTheNetworksOrder() throws IOException {
    JsonNode layers =
        ReportPages.data(ReportPages.page(new SampleTables().run("imp", "", 1, 1, 1, 1).named("x")))
            .get("layers");
    assertThat(layers.findValuesAsText("tensor").subList(0, 5))
        .containsExactly(
            "conv1.weight", "conv2.weight", "fc1.weight", "fc2.weight", "output.weight");
  }

  @Test
  void ordersVariantsByTheirNumbers() throws IOException {
    SampleTables tables = new SampleTables();
    for (int particles : new int[] {16, 2, 8}) {
      String variant = "particles=" + particles;
      tables.cycle("r" + particles, "swamp", variant, 0, 0, 1, "merged", null, 0.5);
    }
    assertThat(ReportPages.data(ReportPages.page(tables.named("x"))).get("series").toString())
        .isEqualTo("[\"swamp · particles=2\",\"swamp · particles=8\",\"swamp · particles=16\"]");
  }

  @Test
  void ordersAxesByTheSizeOfTheirFractions() throws IOException {
    SampleTables tables = new SampleTables();
    for (String rate : List.of("0.1", "0.2", "0.05", "0.5", "0.15")) {
      tables.cycle("r" + rate, "imp", "pruning.rate=" + rate, 0, 0, 1, "merged", null, 0.5);
    }
    String page = ReportPages.page(tables.named("x"));
    assertThat(ReportPages.rows(page))
        .containsExactly(
            "Density|imp · rate=0.05|imp · rate=0.1|imp · rate=0.15|imp · rate=0.2|imp · rate=0.5",
            "100 %|★ 50.00|★ 50.00|★ 50.00|★ 50.00|★ 50.00");
    assertThat(page).contains("Here rate is pruning.rate.");
    assertThat(ReportPages.data(page).get("series").get(0).asText()).isEqualTo("imp · rate=0.05");
  }

  @Test
  void numbersThatAreNotFiniteAreLeftOut() throws IOException {
    String page =
        ReportPages.page(
            new SampleTables()
                .cycle("a", "a", "", 0, 0, 1, "merged", null, Double.NaN)
                .cycle("b", "a", "", 1, 0, 1, "merged", null, 0.5)
                .epoch("a", "a", "", 0, 0, 0, 1, 1, Double.POSITIVE_INFINITY, Double.NaN)
                .named("x"));
    assertThat(ReportPages.DATA.matcher(page).results().findFirst().orElseThrow().group(1))
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
    assertThat(
            ReportPages.find(ReportPages.data(page).get("accuracy"), "a", "merged")
                .get("mean")
                .asDouble())
        .isEqualTo(0.5);
  }

  @Test
  void speedIsTheMeanOfWhatParticlesLetThroughByCycleAndWork() throws IOException {
    SampleTables tables = new SampleTables();
    for (long seed = 1; seed <= 2; seed++) {
      String run = "imp--" + seed;
      tables
          .run("imp", "", seed, 1, 1, 1)
          .cost(run, 0, -1, "train", 7, "torch") // up to the matching ticket
          .cost(run, 0, 0, "train", 1000.0 * seed, "torch")
          .cost(run, 1, 0, "train", 4000.0 * seed, "java")
          .cost(run, 1, 0, "evaluate", 9000, "java")
          .cost(run, 1, null, "evaluate", 1, "java") // an ensemble's, say
          .cost(run, 1, null, "prune", 1, "java");
    }
    String page = ReportPages.page(tables.named("x"));
    JsonNode speeds = ReportPages.data(page).get("speed");
    assertThat(page).contains("id=\"speed\"");
    assertThat(speeds.findValuesAsText("rate")).containsExactly("1500.0", "9000.0", "6000.0");
    assertThat(speeds.findValuesAsText("work"))
        .containsExactly("training", "measuring", "training");
    assertThat(speeds.findValuesAsText("density")).containsExactly("1.0", "0.8", "0.8");
    assertThat(speeds.findValuesAsText("engine")).containsExactly("torch", "java", "java");
    assertThat(speeds.get(2).get("min").asDouble()).isEqualTo(4000);
    assertThat(speeds.get(2).get("max").asDouble()).isEqualTo(8000);
  }

  @Test
  void withoutValidationThereIsNoValidationChart() throws IOException {
    String page =
        ReportPages.page(new SampleTables().epoch("r", "m", "", 0, 0, 0, 1, 1, 2, null).named("x"));
    assertThat(page).contains("id=\"loss\"").doesNotContain("id=\"validation\"");
  }

  @Test
  void thinsLongCurvesToWhatABrowserDrawsAndSaysSo() throws IOException {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 2; seed++) {
      tables.run("imp", "", seed, 1, 20, 400);
    }
    String page = ReportPages.page(tables.named("x"));
    JsonNode curves = ReportPages.data(page).get("curves");
    assertThat(curves.size()).isBetween(2500, Thinned.MOST_POINTS);
    assertThat(curves.get(0).get("epoch").asInt()).isEqualTo(1);
    assertThat(curves.get(curves.size() - 1).get("epoch").asInt()).isEqualTo(400);
    assertThat(page).contains("One epoch in 2 is drawn.");
  }

  /** Seeds differ by 2, 3 and 4 points: 3 ± 4.302653/√3, t = 3√3, p = 1 − √(27/29) = 0.0351. */
  @Test
  void gainsHaveIntervalsAndAreCorrectedForTheirNumber() throws IOException {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      tables.cycle("i" + seed, "imp", "", seed, 0, 1, "merged", null, 0.5);
      tables.cycle("s" + seed, "swamp", "", seed, 0, 1, "merged", null, 0.52 + 0.01 * seed);
    }
    String page = ReportPages.page(tables.named("x"));
    assertThat(page)
        .contains("<td>+3.00<small>+0.52 to +5.48</small><small>better</small></td>")
        .contains("Test accuracy less that of imp")
        .contains("correction for 1 comparison.");
    for (int seed = 0; seed < 3; seed++) { // a second comparison: 0.0351 · 2 is above 5 %
      tables.cycle("g" + seed, "gmp", "", seed, 0, 1, "merged", null, 0.48 + 0.03 * seed);
    }
    page = ReportPages.page(tables.named("x"));
    assertThat(page)
        .contains("+0.52 to +5.48</small><small>cannot be told apart</small>")
        .contains("correction for 2 comparisons.")
        .doesNotContain("better</small>");
  }

  @Test
  void oneSeedHasNoGains() throws IOException {
    SampleTables tables =
        new SampleTables().run("imp", "", 1, 1, 1, 1).run("swamp", "", 1, 2, 1, 1);
    assertThat(ReportPages.page(tables.named("x"))).doesNotContain("<h2>Gains</h2>");
  }
}
