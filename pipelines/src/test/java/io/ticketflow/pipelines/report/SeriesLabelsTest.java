package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesLabelsTest {
  @Test
  void axesAreInOrderOfSizeUnderTheShortestNamesThatTellThemApart() {
    List<Series> all =
        series(
            "optimiser.rate=0.1,pruning.rate=0.5",
            "optimiser.rate=0.1,pruning.rate=0.05",
            "optimiser.rate=0.02,pruning.rate=0.05");
    assertThat(SeriesLabels.whole(all).values())
        .containsExactly(
            "imp · optimiser.rate=0.02, pruning.rate=0.05",
            "imp · optimiser.rate=0.1, pruning.rate=0.05",
            "imp · optimiser.rate=0.1, pruning.rate=0.5");
    assertThat(SeriesLabels.note(all)).isEmpty();
  }

  @Test
  void saysWhatShortNamesStandFor() {
    List<Series> all =
        series("training.epochs=1,a.b.rate=2,c=[1,2]", "training.epochs=2,a.b.rate=2,c=[1,3]");
    assertThat(SeriesLabels.whole(all).values())
        .containsExactly("imp · epochs=1, c=[1,2]", "imp · epochs=2, c=[1,3]");
    assertThat(SeriesLabels.note(all)).isEqualTo("Here epochs is training.epochs.");
  }

  @Test
  void ofLongValuesOnlyWhatDiffersIsBrief() {
    List<Series> all =
        series(
            "data.dir=/srv/images/released/fold-1008/small",
            "data.dir=/srv/images/released/fold-1009/small");
    assertThat(SeriesLabels.brief(all).values())
        .containsExactly("imp · dir=…1008…", "imp · dir=…1009…");
    assertThat(SeriesLabels.whole(all).values())
        .first()
        .isEqualTo("imp · dir=/srv/images/released/fold-1008/small");
  }

  @Test
  void oneSeriesAloneHasItsWholeName() {
    assertThat(SeriesLabels.brief(series("data.dir=/srv/images/released/small")).values())
        .containsExactly("imp · dir=/srv/images/released/small");
  }

  @Test
  void longNamesOfMethodsAndFoldersStayApart() {
    List<Series> all =
        Stream.of("", "-a", "-b")
            .map(end -> new Series("a-folder-of-long-name" + end, "d", "m", "imp" + end, ""))
            .toList();
    assertThat(SeriesLabels.brief(all).values()).doesNotHaveDuplicates().hasSize(3);
  }

  private static List<Series> series(String... variants) {
    return Stream.of(variants).map(v -> new Series("x", "d", "m", "imp", v)).toList();
  }
}
