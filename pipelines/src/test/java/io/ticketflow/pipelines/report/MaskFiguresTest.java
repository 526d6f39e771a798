package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.schemas.UnitRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The figures of masks, signs and planes: by hand. */
class MaskFiguresTest {
  private static final SampleTables RUNS =
      new SampleTables().run("imp", "", 1, 1, 5, 1).run("swamp", "", 1, 3, 5, 1);

  /** 30 of 60 and 10 of 20: half are shared; of the 40 shared ones 3 + 5 are flipped. */
  @Test
  void agreementIsOverAllTensors() throws IOException {
    JsonNode rows =
        figure(
            "agreement",
            List.of(
                agreement("imp--1", "cycle-masks", 0, 60, 30, 30, 0.1),
                agreement("imp--1", "cycle-masks", 1, 20, 10, 10, 0.5),
                agreement("imp--1", "method-masks", 0, 40, 40, 20, 0)));
    assertThat(rows.findValuesAsText("series")).containsExactly("imp", "imp", "imp – x", "imp – x");
    assertThat(rows.findValuesAsText("panel"))
        .containsExactly(
            "cycle-masks", "cycle-masks, flips", "method-masks", "method-masks, flips");
    assertThat(rows.get(0).get("mean").asDouble()).isEqualTo(0.5);
    assertThat(rows.get(1).get("mean").asDouble()).isCloseTo(8 / 40.0, within(1e-12));
    assertThat(rows.get(2).get("mean").asDouble()).isCloseTo(20 / 60.0, within(1e-12));
  }

  @Test
  void unitsAreSharesOfTheWholeNetwork() throws IOException {
    JsonNode rows =
        figure(
            "units",
            List.of(
                new UnitRow(
                    "imp--1", "imp", "", 1L, 1, 0.8, 0, "a", 30, 3, 9, 0, 100L, 50L, 40L, 30L),
                new UnitRow(
                    "imp--1", "imp", "", 1L, 1, 0.8, 2, "b", 10, 1, 30, 0, 100L, 30L, 60L, 20L)));
    assertThat(rows.findValuesAsText("panel")).containsExactly("dead units", "FLOPs", "bytes");
    assertThat(rows.get(0).get("mean").asDouble()).isEqualTo(0.1);
    assertThat(rows.get(1).get("mean").asDouble()).isEqualTo(0.4);
    assertThat(rows.get(2).get("mean").asDouble()).isEqualTo(0.5);
  }

  /** Of six cycles the first, one between and the last; of two seeds the first. */
  @Test
  void ofManyPlanesThreeOfAKindAreDrawn() throws IOException {
    List<PlaneRow> points = new ArrayList<>();
    for (int cycle = 0; cycle < 6; cycle++) {
      for (int point = 0; point < 4; point++) {
        points.add(plane("swamp--1", cycle, point));
      }
    }
    JsonNode rows = figure("planes", points);
    assertThat(rows).hasSize(3 * 4);
    assertThat(rows.findValuesAsText("cycle")).contains("0", "5").doesNotContain("1");
    String page = ReportPages.page(RUNS.named("x", points));
    assertThat(page).contains("3 of 6 planes are drawn; metrics/planes has all.");
  }

  /** One number a network and cycle, as the table has it. */
  @Test
  void qualityIsOfResultsOnTest() throws IOException {
    JsonNode rows = figure("quality", List.of());
    assertThat(rows).hasSize(4 * 2 * 6);
    assertThat(rows.get(1).get("panel").asText()).isEqualTo("calibration error (ECE)");
    assertThat(rows.get(1).get("mean").asDouble()).isEqualTo(0.01);
  }

  private static JsonNode figure(String id, List<? extends SpecificRecord> rows)
      throws IOException {
    return ReportPages.data(ReportPages.page(RUNS.named("x", rows))).get(id);
  }

  private static AgreementRow agreement(
      String run, String measure, int position, long first, long second, long both, double flips) {
    return new AgreementRow(
        run,
        "imp",
        "",
        1L,
        1,
        0.8,
        measure,
        "a",
        "x",
        position,
        "t" + position,
        100L,
        first,
        second,
        both,
        both / (double) (first + second - both),
        flips);
  }

  private static PlaneRow plane(String run, int cycle, int point) {
    return new PlaneRow(
        run,
        "swamp",
        "",
        1L,
        cycle,
        0.5,
        "particle-planes",
        "particle 0",
        "particle 1",
        "particle 2",
        2.0,
        1.0,
        1.5,
        point % 2 - 0.5,
        Math.floorDiv(point, 2) - 0.375,
        "test",
        1.0 + point,
        0.5);
  }
}
