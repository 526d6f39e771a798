package io.ticketflow.runners.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.watch.WatchServer;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands on outputs in HDFS and S3: the same tables, to the byte, as in a folder. */
class RemoteOutputTest {
  @TempDir static Path temp;
  private static S3Server s3;
  private static HdfsServer hdfs;
  private static String file = "";
  private static Map<String, String> expected = Map.of();

  private String out = "";
  private String err = "";

  @BeforeAll
  static void startServersAndRunInAFolder() throws IOException {
    s3 = S3Server.start();
    hdfs = HdfsServer.start(temp.resolve("hdfs"));
    file = Files.writeString(temp.resolve("tiny.yaml"), Program.TINY).toString();
    String folder = temp.resolve("out").toString();
    assertThat(new RemoteOutputTest().call("run", file, "--output=" + folder)).isZero();
    expected = metrics(folder);
    assertThat(expected).isNotEmpty();
  }

  @AfterAll
  static void stop() throws IOException {
    hdfs.close();
    s3.close();
  }

  @Test
  void inS3() throws IOException {
    sameAsInAFolder("s3://" + S3Server.BUCKET + "/users/me/tiny", "--endpoint=" + s3.endpoint());
  }

  @Test
  void aFolderSharesByAStoreInS3() {
    String[] options = {
      "--store=s3://" + S3Server.BUCKET + "/shared", "--endpoint=" + s3.endpoint()
    };
    assertThat(call("run", file, List.of("--output=" + temp.resolve("out")), options))
        .as(err)
        .isZero();
    assertThat(out).contains(": 0 networks trained, 2 reused.");
    assertThat(call("plan", file, List.of("--output=" + temp.resolve("new")), options)).isZero();
    assertThat(out).containsPattern("particle +in store").contains("nothing to train");
    assertThat(call("gc", temp.resolve("out").toString(), List.of(), options)).as(err).isZero();
    assertThat(out).contains("Nothing to remove");
  }

  @Test
  @Tag("faults") // half of this class's time
  void inHdfs() throws IOException {
    sameAsInAFolder(hdfs.root() + "/users/me/tiny");
  }

  @Test
  @Tag("faults") // for its time
  void onFlinkToS3() throws IOException {
    String output = "s3://" + S3Server.BUCKET + "/flink";
    String endpoint = "--endpoint=" + s3.endpoint();
    assertThat(
            call(
                "run",
                file,
                "--output=" + output,
                endpoint,
                "--runner=FlinkRunner",
                "--device=cpu"))
        .as(err)
        .isZero();
    assertThat(metrics(output)).isEqualTo(expected);
  }

  private void sameAsInAFolder(String output, String... options) throws IOException {
    assertThat(call("run", file, List.of("--output=" + output), options)).as(err).isZero();
    assertThat(out).contains("Report  " + output + "/report.html");
    assertThat(metrics(output)).isEqualTo(expected);
    BlobStore blobs = Blobs.at(output);
    assertThat(blobs.list()).contains("experiment.yaml", "status.json", "report.html");
    assertThat(blobs.list()).doesNotContain(".lock").noneMatch(path -> path.startsWith("tmp/"));

    assertThat(call("run", file, List.of("--output=" + output), options)).isZero();
    assertThat(out).contains(": 0 networks trained, ");
    assertThat(call("plan", file, List.of("--output=" + output), options)).isZero();
    assertThat(call("report", output, List.of(), options)).as(err).isZero();
    assertThat(watched(output)).contains("\"state\":\"DONE\"", "2 found finished");
    RunStatus done = RunStatus.required(new Location(output));
    done.ended(RunState.CANCELLED, done.started(), 0, 1, Optional.empty())
        .write(new Location(output)); // then finished actions are looked for
    assertThat(watched(output)).contains("\"state\":\"CANCELLED\"", "\"nothing\":\"\"");
    done.write(new Location(output));
    assertThat(call("run", file, List.of("training.epochs=2", "--output=" + output), options))
        .isEqualTo(2);
    assertThat(err).contains("holds another experiment").contains("training.epochs");
  }

  private static String watched(String output) throws IOException {
    try (WatchServer server = WatchServer.start(new Location(output), 0, DevicePolicy.CPU);
        InputStream state = URI.create(server.url() + "state").toURL().openStream()) {
      return new String(state.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anOutputIsLentToOneRunAtATimeAndFreeWhenItsHolderIsSilent() throws Exception {
    Location output = location("/lent");
    try (OutputFolder held = OutputFolder.claim(output)) {
      assertThatThrownBy(() -> OutputFolder.claim(output))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Another run is writing to the output " + held.location())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("silent for 30 s");
      assertThat(OutputFolder.isHeld(output)).isTrue();
    }
    assertThat(OutputFolder.isHeld(output)).isFalse();
    OutputFolder.claim(output).close();

    long minuteAgo = System.currentTimeMillis() - 60_000;
    String dead =
        String.format(
            Locale.ROOT,
            "{\"holder\":\"x\",\"user\":\"u\",\"host\":\"h\",\"pid\":1,\"renewed\":%d}",
            minuteAgo);
    output.blobs().write(".lock", o -> o.write(dead.getBytes(StandardCharsets.UTF_8)));
    assertThat(OutputFolder.isHeld(output)).isFalse();
    try (OutputFolder taken = OutputFolder.claim(output)) {
      assertThat(read(taken.location().blobs(), ".lock")).doesNotContain("\"holder\":\"x\"");
    }
    assertThat(output.blobs().list()).isEmpty();
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    Location output = location("/thesis");
    output.blobs().write("chapters/1.tex", o -> o.write(1));
    assertThatThrownBy(() -> OutputFolder.claim(output))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("files that are not Ticketflow's (chapters/1.tex)");
    assertThat(output.blobs().list()).containsExactly("chapters/1.tex");
  }

  @Test
  void whatCannotBeReachedIsOneSentence() {
    assertThat(call("run", file, "--output=s3://nowhere/x", "--endpoint=" + s3.endpoint()))
        .isEqualTo(2);
    assertThat(err.lines()).hasSize(1);
    assertThat(err)
        .startsWith("ticketflow: The output s3://nowhere/x cannot be used: ")
        .contains("there is no bucket nowhere");
    assertThat(call("run", file, "--output=gs://bucket/x")).isEqualTo(2);
    assertThat(err)
        .contains("add org.apache.beam:beam-sdks-java-extensions-google-cloud-platform-core");
    assertThat(call("run", file, "--output=ftp://host/x")).isEqualTo(2);
    assertThat(err).contains("ftp is no storage that is known");
  }

  private static Location location(String path) {
    Location location = new Location("s3://" + S3Server.BUCKET + path);
    StorageArguments.open(new BeamArguments(List.of("--endpoint=" + s3.endpoint())), location);
    return location;
  }

  private int call(String command, String file, List<String> more, String... options) {
    List<String> all = new ArrayList<>(List.of(command, file));
    all.addAll(more);
    all.addAll(List.of(options));
    return call(all.toArray(String[]::new));
  }

  private int call(String... arguments) {
    Program.Said said = Program.call(arguments);
    out = said.out();
    err = said.err();
    return said.code();
  }

  private static String read(BlobStore blobs, String path) throws IOException {
    try (InputStream in = blobs.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The bytes of every table of results. */
  private static Map<String, String> metrics(String output) throws IOException {
    Map<String, String> tables = new TreeMap<>();
    BlobStore blobs = Blobs.at(output);
    for (String path : blobs.list("metrics")) {
      try (InputStream in = blobs.open(path)) {
        tables.put(path, HexFormat.of().formatHex(in.readAllBytes()));
      }
    }
    return tables;
  }
}
