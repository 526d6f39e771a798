package io.ticketflow.runners.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.work.TrainingProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The time left is said once the slow start is a small part of what was seen. */
class OverviewTest {
  private static final Work QUICKSTART = new Work(90, 1060);

  @Test
  void saysNothingFromTheFirstEpochs() {
    // 4 of 1,060 epochs in 6 s, most of which the engine took to start.
    assertThat(left(QUICKSTART, 4, 6)).isEmpty();
    assertThat(left(QUICKSTART, 105, 19)).isEmpty();
  }

  @Test
  void goesByTheRateFromATenthOfTheEpochsOn() {
    assertThat(left(QUICKSTART, 106, 20)).contains(Duration.ofMinutes(3));
    assertThat(left(QUICKSTART, 1060, 140)).contains(Duration.ZERO);
  }

  @Test
  void doesNotWaitForATenthOfLongTrainings() {
    assertThat(left(new Work(1, 200), 1, 119)).isEmpty();
    assertThat(left(new Work(1, 200), 2, 120)).contains(Duration.ofMinutes(198));
  }

  private static Optional<Duration> left(Work work, int epochs, long seconds) {
    TrainingProgress training =
        new TrainingProgress(
            "a", "imp-seed1", 0, 0, epochs, 0, 2000, null, null, 0, TrainingProgress.State.RUNNING);
    return Overview.of(work, List.of(training), Duration.ofSeconds(seconds)).left();
  }
}
