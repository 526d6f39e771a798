package io.ticketflow.runners.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.storage.FlakyServer;
import io.ticketflow.runners.storage.FlakyServer.Mood;
import io.ticketflow.runners.storage.S3Server;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.remote.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output in S3, on a server that fails and falls silent for a while. */
@Tag("faults")
class S3FaultsIT {
  private static final String OUTPUT = "s3://" + S3Server.BUCKET + "/out";

  @TempDir Path folder;

  @Test
  void errorsAndTimeOutsForAWhile() throws Exception {
    Laboratory laboratory = new Laboratory(folder.resolve("laboratory"));
    try (S3Server server = S3Server.start();
        FlakyServer flaky = new FlakyServer(server.endpoint())) {
      Process process = start(laboratory, server, flaky);
      Bench.await(
          "a particle is in training",
          () -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return laboratory.journal().epochs() > 6;
          });
      long broken = System.currentTimeMillis();
      endure(flaky, Mood.ERRORS, process);
      endure(flaky, Mood.SILENCE, process);
      flaky.become(Mood.WELL);
      long well = System.currentTimeMillis();
      assertThat(Bench.exitCode(process)).as(log()).isZero();
      assertThat(metrics(server)).isEqualTo(Bench.expected());
      Journal journal = laboratory.journal();
      int lost = journal.epochs() - Bench.EPOCHS;
      assertThat(lost).as("nothing died").isZero();
      long progress = journal.after(well, Journal::isProgress).map(Event::millis).orElseThrow();
      new Survival(
              18, "an S3 server that answers 500, then not at all", lost, seconds(broken, progress))
          .tell();
    }
  }

  /** Until requests have failed so, and longer than the client waits for an answer. */
  private void endure(FlakyServer flaky, Mood mood, Process process) throws Exception {
    int before = flaky.refused();
    flaky.become(mood);
    Bench.await(
        "requests fail by " + mood,
        () -> {
          assertThat(process.isAlive()).as(log()).isTrue();
          return flaky.refused() >= before + 4;
        });
  }

  private Process start(Laboratory laboratory, S3Server server, FlakyServer flaky)
      throws IOException {
    Map<String, String> environment =
        server.credentials().stream()
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    return Bench.start(
        laboratory,
        folder,
        OUTPUT,
        environment,
        "--endpoint=" + flaky.endpoint(),
        "--targetParallelism=1");
  }

  /** Read past the flaky server. */
  private static SortedMap<String, String> metrics(S3Server server) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--endpoint=" + server.endpoint()));
    StorageOptions.defaults(true, new Location(OUTPUT))
        .forEach((name, value) -> arguments.add("--" + name + "=" + value));
    StorageOptions.use(PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create());
    try {
      BlobStore blobs = Blobs.at(OUTPUT);
      SortedMap<String, String> bytes = new TreeMap<>();
      for (String path : blobs.list("metrics")) {
        try (InputStream in = blobs.open(path)) {
          bytes.put(
              path.substring("metrics/".length()), HexFormat.of().formatHex(in.readAllBytes()));
        }
      }
      return bytes;
    } finally {
      StorageOptions.use(PipelineOptionsFactory.create());
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1000.0;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
