package io.ticketflow.runners.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.Program;
import io.ticketflow.runners.SweptOutput;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.track.FakeMlflow.Mood;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What MLflow is told of a real run, and that a run does not mind what becomes of MLflow. */
class MlflowTest {
  private static final Location OUTPUT = Location.of(SweptOutput.folder());

  /** One call tells every kind of server: it waits two seconds for the slow one. */
  @Test
  void aRunIsTheSameWhateverItsServersDo() throws IOException {
    Map<String, String> before = metrics();
    try (FakeMlflow well = new FakeMlflow(Mood.WELL);
        FakeMlflow slow = new FakeMlflow(Mood.SLOWLY);
        FakeMlflow ill = new FakeMlflow(Mood.WITH_ERRORS);
        FakeMlflow garbage = new FakeMlflow(Mood.WITH_GARBAGE)) {
      String down = "http://localhost:" + freePort();
      Program.Said said =
          SweptOutput.again(
              "--track=tensorboard",
              "--track=mlflow=" + well.address() + "/",
              "--track=mlflow=" + slow.address(),
              "--track=mlflow=" + ill.address(),
              "--track=mlflow=" + garbage.address(),
              "--track=mlflow=" + down);
      assertThat(said.code()).isEqualTo(3);
      assertThat(metrics()).isEqualTo(before);
      assertThat(said.err().lines().filter(line -> line.contains("MLflow")))
          .satisfiesExactly(
              line -> assertThat(line).contains(slow.address() + " was too slow: "),
              line -> assertThat(line).contains(ill.address() + " answers", "(500)"),
              line -> assertThat(line).contains(garbage.address() + " answers", "(no JSON)"),
              line -> assertThat(line).contains(down + " does not answer"))
          .allMatch(line -> line.endsWith(" messages were not sent"));
      assertToldWell(well);
    }
    assertThat(SweptOutput.folder().resolve("tensorboard/imp-seed1")).isNotEmptyDirectory();
  }

  /** Runs are nested under the sweep, with parameters, metrics and a status. */
  private static void assertToldWell(FakeMlflow mlflow) throws IOException {
    assertThat(mlflow.runs).hasSize(1 + 6);
    FakeMlflow.Run sweep = mlflow.run("swept");
    assertThat(sweep.status).isEqualTo("FINISHED");
    assertThat(sweep.tags).doesNotContainKey("mlflow.parentRunId");
    FakeMlflow.Run run = mlflow.run("swamp-seed2");
    assertThat(mlflow.runs.get(run.tags.get("mlflow.parentRunId"))).isSameAs(sweep);
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.params)
        .containsEntry("seed", "2")
        .containsEntry("method", "swamp")
        .containsEntry("training.epochs", "2")
        .containsEntry("model.name", "lenet-300-100");
    assertThat(mlflow.run("hot-seed1").status).isEqualTo("FAILED");
    for (CycleRow row : Tables.CYCLES.read(OUTPUT, "swamp-seed2")) {
      if (row.getSplit().equals("test") && row.getSubject().equals("merged")) {
        assertThat(run.metrics)
            .containsEntry("test_accuracy/merged@" + row.getCycle(), row.getAccuracy());
      }
    }
    // 3 cycles × 2 particles × 2 epochs × 5 curves; 3 cycles × 4 networks × 4 measures.
    assertThat(run.metrics).hasSize(60 + 48);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void aCancelledSweepIsKilled() throws IOException {
    try (FakeMlflow mlflow = new FakeMlflow(Mood.WELL)) {
      Mlflow tracker =
          new Mlflow(
              MlflowServer.at(
                  mlflow.address(),
                  Map.of("MLFLOW_TRACKING_USERNAME", "u", "MLFLOW_TRACKING_PASSWORD", "p")));
      tracker.begun(
          TrackedRuns.RUNNING, List.of(TrackedRuns.run("r", "{\"training\":{\"epochs\":2}}")));
      tracker.ended(TrackedRuns.ended(RunState.CANCELLED), OUTPUT);
      assertThat(mlflow.runs.values()).hasSize(2).allMatch(told -> told.status.equals("KILLED"));
      assertThat(mlflow.authorizations).containsOnly("Basic dTpw"); // u:p
    }
  }

  @Test
  void whoPutsAMessageInNeverWaits() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Outbox outbox = new Outbox("It", 2);
    for (int i = 0; i < 10; i++) {
      outbox.put(
          () -> {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThatThrownBy(() -> outbox.close(Duration.ofMillis(50)))
        .isInstanceOf(IOException.class)
        .hasMessage("It was too slow: 10 messages were not sent");
  }

  @Test
  void aWrongOptionIsRefusedBeforeAnythingIsDone() {
    for (String wrong :
        List.of("wandb", "mlflow=", "mlflow=ftp://a/", "mlflow=http://", "mlflow")) {
      Program.Said said = SweptOutput.again("--track=" + wrong);
      assertThat(said.code()).as(wrong).isEqualTo(2);
      assertThat(said.err()).as(wrong).contains("--track");
    }
    assertThatThrownBy(() -> Tracking.of(List.of("mlflow=http://u:secret@h/"), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
        .hasMessageNotContaining("secret");
  }

  private static Map<String, String> metrics() throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SweptOutput.folder().resolve("metrics"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }
}
