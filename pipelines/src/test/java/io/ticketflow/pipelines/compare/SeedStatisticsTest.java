package io.ticketflow.pipelines.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.pipelines.statistics.Equivalence;
import io.ticketflow.pipelines.statistics.Equivalence.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which accuracies are compared with which. */
class SeedStatisticsTest {
  /** Seeds from {@code first} on, a value each. */
  private static List<Accuracy> imp(int cycle, long first, double... values) {
    List<Accuracy> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      all.add(new Accuracy("imp", "", cycle, 0.5, first + i, values[i]));
    }
    return all;
  }

  private static SeedStatistics row(List<Accuracy> here, List<Accuracy> there) {
    List<SeedStatistics> rows = SeedStatistics.of(here, there, 0.5, 0.05);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void seedsOfBothSidesArePairedAndOthersLeftOut() {
    // Seeds vary by points, but each pair differs by a tenth of one at most.
    SeedStatistics row = row(imp(1, 1, 0.900, 0.950, 0.851, 0.2), imp(1, 1, 0.901, 0.949, 0.850));
    assertThat(row.seeds()).isEqualTo(3);
    assertThat(row.paired()).isTrue();
    // differences −0.1, 0.1, 0.1: mean 0.03333, s 0.11547, t(0.95; 2) 2.919986
    assertThat(row.difference()).isEqualTo(0.033333, within(1e-6));
    assertThat(row.low()).isEqualTo(0.033333 - 0.194666, within(1e-5));
    assertThat(row.high()).isEqualTo(0.033333 + 0.194666, within(1e-5));
    assertThat(row.finding()).isEqualTo(Finding.SAME);
  }

  @Test
  void withoutACommonSeedTheSpreadOfSeedsCounts() {
    SeedStatistics row = row(imp(1, 1, 0.900, 0.950, 0.851), imp(1, 7, 0.901, 0.949, 0.850));
    assertThat(row.paired()).isFalse();
    assertThat(row.seeds()).isEqualTo(3);
    assertThat(row.finding()).isEqualTo(Finding.CANNOT_TELL);
    assertThat(row.power()).isLessThan(0.01);
    assertThat(row.seedsNeeded()).isNull();
  }

  @Test
  void twoSeedsTellNothingHoweverAlike() {
    SeedStatistics row = row(imp(1, 1, 0.9, 0.91), imp(1, 1, 0.9, 0.91));
    assertThat(row.finding()).isEqualTo(Finding.CANNOT_TELL);
    assertThat(row.low()).isNull();
    assertThat(row.why()).isEqualTo("2 seeds are too few, 3 the least");
  }

  @Test
  void aCycleOfOneSideAloneCannotBeTold() {
    List<SeedStatistics> rows = SeedStatistics.of(List.of(), imp(2, 1, 0.9, 0.91, 0.92), 0.5, 0.05);
    assertThat(rows.get(0).finding()).isEqualTo(Finding.CANNOT_TELL);
    assertThat(rows.get(0).why()).contains("one side only");
  }

  /** By the normal rule n is near (1.645 + 1.282)² · s² / margin²; t asks for a few more. */
  @Test
  void theSeedsNeededAreTheFewestThatGiveThePower() {
    SeedStatistics row = row(imp(1, 1, 0.91, 0.90, 0.92), imp(1, 1, 0.90, 0.91, 0.91));
    // differences 1, −1, 1: s² 4/3, so about 46
    int needed = row.seedsNeeded() == null ? 0 : row.seedsNeeded();
    assertThat(needed).isBetween(46, 50);
    double spread = Math.sqrt(4.0 / 3);
    assertThat(new Equivalence(0, spread / Math.sqrt(needed), needed - 1, 0.5, 0.05).power(0))
        .isGreaterThanOrEqualTo(0.8);
    assertThat(new Equivalence(0, spread / Math.sqrt(needed - 1.0), needed - 2, 0.5, 0.05).power(0))
        .isLessThan(0.8);
  }
}
