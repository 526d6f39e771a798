package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.schemas.CostRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkersFigureTest {
  /** Worker a for a minute, b for half of it; a quarter of an hour later a for another minute. */
  private static final List<CostRow> ROWS =
      List.of(
          cost("k1", "train", "a/1", 0, 60, 1),
          cost("k2", "train", "b/2", 0, 30, 1),
          cost("k2", "train", "b/2", 0, 30, 1), // shared with another run: once
          cost("k3", "evaluate", "a/1", 960, 60, 2),
          cost("old", "train", null, 0, 500, 1));

  private static CostRow cost(
      String action, String kind, @Nullable String worker, long begun, double seconds, int tries) {
    return CostRow.newBuilder()
        .setRun("r")
        .setMethod("imp")
        .setVariant("")
        .setSeed(1)
        .setCycle(0)
        .setKind(kind)
        .setAction(action)
        .setCached(false)
        .setEpochs(0)
        .setImages(0)
        .setSeconds(seconds)
        .setImagesPerSecond(0)
        .setDevice("cpu")
        .setBegun(worker == null ? null : Instant.ofEpochSecond(1_700_000_000 + begun))
        .setWorker(worker)
        .setTries(worker == null ? null : tries)
        .build();
  }

  private static List<Map<String, Object>> of(
      List<Map<String, Object>> rows, String name, String value) {
    return rows.stream().filter(row -> value.equals(row.get(name))).toList();
  }

  private static List<Double> values(List<Map<String, Object>> rows, String name) {
    return rows.stream().map(row -> (Double) row.getOrDefault(name, Double.NaN)).toList();
  }

  private static List<ExperimentTables> tables() {
    return List.of(ExperimentTables.of("out", ROWS));
  }

  /** Two minutes in 120 bins of a second: the pause is left out. */
  @Test
  void thePauseBetweenTwoCallsIsLeftOut() {
    List<Map<String, Object>> rows = WorkersFigure.of(tables(), Map.of()).rows();
    assertThat(rows).hasSize(60 + 30 + 60);
    assertThat(values(rows, "actions"))
        .allSatisfy(one -> assertThat(one).isCloseTo(1, within(1e-6)));
    assertThat(values(of(rows, "kind", "evaluate"), "from")).startsWith(60.0, 61.0);
    assertThat(values(of(rows, "series", "b/2"), "to")).endsWith(29.0, 30.0);
  }

  @Test
  void actionsThatTookSeveralAttemptsAreCounted() {
    Figure figure = TimeFigure.of(tables(), Map.of());
    assertThat(figure.notes())
        .containsExactly(
            "1 action took more than one attempt: one before failed, or its worker died.");
    assertThat(of(figure.rows(), "kind", "evaluate"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("retried", 1L));
  }

  @Test
  void aClockStandsStillInLongPausesAlone() {
    Interval.Joined clock =
        Interval.Joined.of(
            List.of(new Interval(100, 130), new Interval(0, 20), new Interval(25, 40)));
    assertThat(clock.parts()).containsExactly(new Interval(0, 40), new Interval(100, 130));
    assertThat(clock.length()).isEqualTo(70);
    assertThat(clock.at(22)).isEqualTo(22);
    assertThat(clock.at(110)).isEqualTo(50);
  }
}
