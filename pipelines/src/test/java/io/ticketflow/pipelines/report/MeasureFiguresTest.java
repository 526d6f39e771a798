package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of measures: means of rows by hand. */
class MeasureFiguresTest {
  private static final SampleTables RUNS =
      new SampleTables()
          .run("imp", "", 1, 1, 1, 1)
          .run("swamp", "", 1, 3, 1, 1)
          .run("swamp", "", 2, 3, 1, 1);

  @Test
  void withoutMeasuresThereAreNoFigures() throws IOException {
    String page = ReportPages.page(RUNS.named("x"));
    for (String id : List.of("barriers", "paths", "hull", "diversity", "curvature")) {
      assertThat(page).doesNotContain("id=\"" + id + "\"");
      assertThat(ReportPages.data(page).has(id)).isFalse();
    }
  }

  @Test
  void barriersAreMeansOverSeedsAndLinesAndAPairOfMethodsIsNamedByBoth() throws IOException {
    List<BarrierRow> barriers =
        List.of(
            barrier("swamp--1", "swamp", "particle-barriers", "particle 0", "particle 1", 0.1),
            barrier("swamp--1", "swamp", "particle-barriers", "particle 0", "particle 2", 0.2),
            barrier("swamp--2", "swamp", "particle-barriers", "particle 0", "particle 1", 0.6),
            barrier("imp--1", "imp", "method-barriers", "imp--1", "swamp--1", 0));
    String page = ReportPages.page(RUNS.named("x", barriers));
    JsonNode rows = ReportPages.data(page).get("barriers");
    assertThat(page).contains("id=\"barriers\"").doesNotContain("id=\"hull\"");
    assertThat(rows.findValuesAsText("series")).containsExactly("swamp", "imp – swamp");
    assertThat(rows.findValuesAsText("panel"))
        .containsExactly("particle-barriers", "method-barriers");
    assertThat(rows.get(0).get("mean").asDouble()).isCloseTo(0.3, within(1e-12));
    assertThat(rows.get(0).get("min").asDouble()).isEqualTo(0.1);
    assertThat(rows.get(0).get("max").asDouble()).isEqualTo(0.6);
    assertThat(rows.get(0).get("count").asInt()).isEqualTo(3);
    assertThat(rows.get(1).get("mean").asDouble()).isZero();
    assertThat(ReportPages.data(page).get("series"))
        .extracting(JsonNode::asText)
        .contains("imp – swamp");
  }

  @Test
  void ofManyPairsOfMethodsThoseWithImpAreDrawn() throws IOException {
    SampleTables tables = new SampleTables().run("imp", "", 1, 1, 1, 1);
    List<BarrierRow> barriers = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      String run = "m" + i + "--1";
      tables.run("m" + i, "", 1, 1, 1, 1);
      barriers.add(barrier("imp--1", "imp", "method-barriers", "imp--1", run, 0.1));
      barriers.add(barrier(run, "m" + i, "method-barriers", run, "m0--1", 0.1));
    }
    String page = ReportPages.page(tables.named("x", barriers));
    assertThat(ReportPages.data(page).get("barriers").findValuesAsText("series"))
        .hasSize(13)
        .allMatch(series -> series.startsWith("imp – "));
    assertThat(page).contains("Of 26 pairs of methods those with imp are drawn;");
  }

  @Test
  void pathsAreOfLinesWithinARun() throws IOException {
    List<PathRow> paths =
        List.of(
            path("swamp--1", "particle-barriers", 0.5, 1),
            path("swamp--2", "particle-barriers", 0.5, 2),
            path("swamp--1", "method-barriers", 0.5, 9));
    JsonNode rows = ReportPages.data(ReportPages.page(RUNS.named("x", paths))).get("paths");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("series").asText()).isEqualTo("swamp, particle-barriers");
    assertThat(rows.get(0).get("loss").asDouble()).isEqualTo(1.5);
  }

  /** Sample tables have the loss 1 everywhere. */
  @Test
  void aHullStandsBesideItsCornersAndItsMiddleOnTheSameImages() throws IOException {
    List<HullRow> hulls = List.of(hull("swamp--1", 0, 0.5), hull("swamp--1", 1, 0.7));
    JsonNode rows = ReportPages.data(ReportPages.page(RUNS.named("x", hulls))).get("hull");
    assertThat(rows.findValuesAsText("subject"))
        .containsExactlyInAnyOrder("points of the hull", "particles", "average");
    assertThat(rows.findValuesAsText("series")).containsOnly("swamp");
    JsonNode points = ReportPages.find(rows, "swamp", "points of the hull");
    assertThat(points.get("mean").asDouble()).isCloseTo(0.6, within(1e-12));
    assertThat(points.get("min").asDouble()).isEqualTo(0.5);
    assertThat(ReportPages.find(rows, "swamp", "particles").get("count").asInt()).isEqualTo(3);
    assertThat(ReportPages.find(rows, "swamp", "average").get("count").asInt()).isEqualTo(1);
  }

  @Test
  void pairsGiveAPanelAQuantity() throws IOException {
    List<PairRow> pairs = List.of(pair("swamp--1", 0.1), pair("swamp--2", 0.3));
    JsonNode rows = ReportPages.data(ReportPages.page(RUNS.named("x", pairs))).get("diversity");
    assertThat(rows.findValuesAsText("panel"))
        .containsExactly("predictions that differ", "errors that differ", "distance of weights");
    assertThat(rows.get(0).get("mean").asDouble()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void aParticlesCurvatureStandsBesideItsSolutions() throws IOException {
    List<CurvatureRow> curvatures =
        List.of(
            curvature("swamp--1", "particle 0", 30),
            curvature("swamp--1", "solution", 10),
            curvature("swamp--2", "solution", 20));
    JsonNode rows =
        ReportPages.data(ReportPages.page(RUNS.named("x", curvatures))).get("curvature");
    assertThat(rows.findValuesAsText("series"))
        .containsExactly("swamp, a particle", "swamp, a particle", "swamp", "swamp");
    assertThat(rows.get(2).get("panel").asText()).isEqualTo("trace");
    assertThat(rows.get(2).get("mean").asDouble()).isEqualTo(15);
    assertThat(rows.get(3).get("mean").asDouble()).isEqualTo(3);
  }

  private static CurvatureRow curvature(String run, String subject, double trace) {
    return new CurvatureRow(
        run, "swamp", "", 1L, 0, 1.0, subject, 100, trace, 1.0, 8, 3.0, 0.1, 12);
  }

  private static BarrierRow barrier(
      String run, String method, String measure, String first, String second, double barrier) {
    return new BarrierRow(
        run,
        method,
        "",
        1L,
        0,
        1.0,
        measure,
        first,
        second,
        "test",
        30,
        2.0,
        barrier,
        barrier + 1,
        0.5,
        0.0,
        0.0);
  }

  private static PathRow path(String run, String measure, double share, double loss) {
    return new PathRow(run, "swamp", "", 1L, 0, 1.0, measure, "a", "b", share, "test", loss, 0.9);
  }

  private static HullRow hull(String run, int position, double loss) {
    return new HullRow(
        run, "swamp", "", 1L, 0, 1.0, position, List.of(0.5, 0.25, 0.25), "test", loss, 0.9);
  }

  private static PairRow pair(String run, double disagreement) {
    return new PairRow(run, "swamp", "", 1L, 0, 1.0, 0, 1, 2.0, 0.5, "test", disagreement, 0.5);
  }
}
