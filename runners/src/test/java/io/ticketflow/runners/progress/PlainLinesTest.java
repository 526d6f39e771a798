package io.ticketflow.runners.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.store.LocalBlobs;
import io.ticketflow.work.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From progress files as trainers write them to the lines that a log holds. */
class PlainLinesTest {
  @TempDir Path output;
  private final StringWriter text = new StringWriter();
  private final Work work = new Work(3, 24);
  private Instant now = Instant.EPOCH;
  private final PlainLines lines = new PlainLines(new PrintWriter(text), () -> now);

  @BeforeEach
  void folder() throws IOException {
    Files.createDirectories(output.resolve("progress"));
  }

  @Test
  void saysEachFinishedTrainingOnce() throws IOException {
    report("a", "imp-1", 2, 1, 10, "DONE", 0.9731);
    report("b", "imp-1", 2, 2, 4, "RUNNING", 0.5);
    show(Duration.ofSeconds(10));
    show(Duration.ofSeconds(11));
    // 8 epochs of a and 2 of b in 10 s: the other 14 take 14 s.
    assertThat(text.toString().lines())
        .containsExactly(
            "training 1 of 3, imp-1 cycle 2 particle 1: 8 epochs, accuracy 97.31 %; 14 s left");
    assertThat(text.toString()).doesNotContain("\r\n").doesNotContain("\r");
  }

  @Test
  void saysWhatRunsAfterASilence() throws IOException {
    report("b", "imp-1", 0, 0, 4, "RUNNING", 0.5);
    show(Duration.ofSeconds(14));
    assertThat(text.toString()).isEmpty();
    show(Duration.ofSeconds(15));
    assertThat(text.toString().lines())
        .containsExactly("imp-1 cycle 0 particle 0 epoch 4/10, accuracy 50.00 %, 1,234 images/s");
  }

  @Test
  void doesNotCountWhatWasFoundFinished() throws IOException {
    report("a", "imp-1", 0, 0, 10, "FOUND", 0.9);
    show(Duration.ofSeconds(1));
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void saysWhichTrainingFailed() throws IOException {
    report("a", "imp-1", 0, -1, 3, "FAILED", null);
    show(Duration.ofSeconds(1));
    assertThat(text.toString()).startsWith("training 1 of 3, imp-1 matching ticket failed");
  }

  @Test
  void writesTimesAsPeopleSayThem() {
    assertThat(TimeText.of(Duration.ofMillis(420))).isEqualTo("0.4 s");
    assertThat(TimeText.of(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(TimeText.of(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(TimeText.of(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(TimeText.of(Duration.ofHours(76))).isEqualTo("3 d 04 h");
  }

  private void show(Duration elapsed) throws IOException {
    now = Instant.EPOCH.plus(elapsed);
    lines.show(Overview.of(work, TrainingProgress.readAll(new LocalBlobs(output)), elapsed));
  }

  private void report(
      String action,
      String run,
      int cycle,
      int particle,
      int epoch,
      String state,
      @Nullable Double accuracy)
      throws IOException {
    Files.writeString(
        output.resolve("progress/" + action.repeat(64) + ".json"),
        String.format(
            java.util.Locale.ROOT,
            "{\"action\":\"%s\",\"run\":\"%s\",\"cycle\":%d,\"particle\":%d,\"epoch\":%d,"
                + "\"startEpoch\":2,\"endEpoch\":10,\"loss\":null,\"accuracy\":%s,"
                + "\"imagesPerSecond\":1234.4,\"state\":\"%s\"}",
            action,
            run,
            cycle,
            particle,
            epoch,
            accuracy,
            state));
  }
}
