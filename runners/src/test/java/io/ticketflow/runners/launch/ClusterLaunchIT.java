package io.ticketflow.runners.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.cluster.FlinkCluster;
import io.ticketflow.runners.cluster.JobJar;
import io.ticketflow.runners.cluster.Listening;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a cluster of real processes, as a user sends, leaves, finds and cancels them. */
class ClusterLaunchIT {
  private static final String EXPERIMENT =
      """
      name: launched
      methods: [swamp]
      seeds: [1]
      data: {name: glyphs, train: 300, test: 100}
      model: {name: lenet-300-100}
      training: {epochs: 2, rewindEpochs: 1, batchSize: 32}
      pruning: {rate: 0.3, cycles: 1}
      particles: 2
      """;

  /** Long enough to be left, found and cancelled. */
  private static final String ENDLESS = "training.epochs=100000";

  private static final String JAR_SENT = "--filesToStage=" + JobJar.own().orElseThrow();

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  @TempDir static Path folder;
  private static Program program;
  private static String experiment;
  private static FlinkCluster cluster;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void start() throws Exception {
    program = new Program(folder);
    experiment = Files.writeString(folder.resolve("launched.yaml"), EXPERIMENT).toString();
    Process direct = program.start("direct", "run", experiment, "--output=" + output("direct"));
    cluster = FlinkCluster.start(folder.resolve("cluster"), 2, 2, Map.of());
    assertThat(Program.ended(direct)).isZero();
    expected = program.metrics("direct");
    assertThat(expected).isNotEmpty();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void twoAtOnceGiveTheTablesOfTheDirectRunner() throws Exception {
    // Both want all slots: one waits for what the other has, and the second has its own classes.
    Process first = program.start("a", onCluster("a", "--parallelism=4"));
    Process second = program.start("b", onCluster("b", "--parallelism=4", JAR_SENT));
    assertThat(Program.ended(first)).as("%s", program.log("a")).isZero();
    assertThat(Program.ended(second)).as("%s", program.log("b")).isZero();
    assertThat(program.metrics("a")).isEqualTo(expected);
    assertThat(program.metrics("b")).isEqualTo(expected);
    assertThat(program.log("a")).doesNotContain("WARN", "INFO", "org.apache");

    JsonNode sent = json("a/job.json");
    assertThat(sent.path("master").asText()).isEqualTo(cluster.master());
    assertThat(rest("/jobs/" + sent.path("job").asText()).path("vertices"))
        .filteredOn(vertex -> vertex.path("name").asText().endsWith("/ FanOut"))
        .extracting(vertex -> vertex.path("name").asText() + " " + vertex.path("parallelism"))
        .containsExactly(
            "WorkAhead / Work, Initialise / TrainMatchingTicket, Cycle00 / Train / FanOut 4",
            "Cycle00 / Average, Measure / RecalibrateAndEvaluate, Prune, Cycle01 / Train / FanOut"
                + " 4");
  }

  /** The classes of this very build are on the class path of its processes. */
  @Test
  void classesThatItHasAreSentForAnOutputElsewhereOnly() {
    Path own = JobJar.own().orElseThrow();
    assertThat(jars("out")).isEmpty();
    assertThat(jars("s3://bucket/out")).containsExactly(own);
    assertThat(jars("out", JAR_SENT)).containsExactly(own);
  }

  private static List<Path> jars(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--runner=FlinkRunner");
    arguments.add("--flinkMaster=" + cluster.master());
    Target target = Launch.target(new BeamArguments(arguments), List.of(output), folder, 1);
    return ((Target.Cluster) target).jars();
  }

  @Test
  @Tag("faults") // for its time
  void leftAloneWithMoreParallelismThanSlotsItEndsAndStatusFinishesIt() throws Exception {
    assertThat(program.run("left", onCluster("left", "--parallelism=6", "--detach"))).isZero();
    assertThat(program.log("left")).contains("has 4 slots, 4 of them free, and --parallelism is 6");
    String job = json("left/job.json").path("job").asText();
    assertThat(program.log("left")).contains(job, "ticketflow status", "ticketflow cancel");
    await(() -> !status("left").path("state").asText().equals("RUNNING"), "left");
    assertThat(json("left/status.json").path("state").asText()).isEqualTo("DONE");
    assertThat(folder.resolve("left/report.html")).exists();
    assertThat(program.metrics("left")).isEqualTo(expected);
  }

  @Test
  @Tag("faults") // for its time
  void isFoundAfterItsClientWasKilledAndCancelledByTheKeyboard() throws Exception {
    Process client = program.start("found", onCluster("found", ENDLESS));
    await(() -> status("found").path("running").asInt() > 0, "found");
    client.destroyForcibly().waitFor();
    JsonNode status = status("found");
    assertThat(status.path("state").asText()).isEqualTo("RUNNING");
    assertThat(status.path("jobState").asText()).isEqualTo("RUNNING");
    String job = status.path("job").asText();
    int jobs = jobs();

    Process again = program.start("again", onCluster("found", ENDLESS));
    await(() -> program.log("again").contains(job), "found");
    assertThat(program.log("again")).contains("watching it again");
    assertThat(Listening.of(again.pid())).as("sockets that the client listens on").isEmpty();
    assertThat(jobs()).as("none was sent again").isEqualTo(jobs);
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(again.pid())).start().waitFor())
        .isZero();
    assertThat(Program.ended(again)).isEqualTo(ExitCode.CANCELLED);
    assertThat(program.log("again")).contains("Job " + job + " is cancelled.");
    assertThat(json("found/status.json").path("state").asText()).isEqualTo("CANCELLED");
    assertThat(rest("/jobs/" + job + "/status").path("status").asText()).isEqualTo("CANCELED");
  }

  @Test
  @Tag("faults") // for its time
  void isCancelledFromAnotherShell() throws Exception {
    Process client = program.start("other", onCluster("other", ENDLESS));
    await(() -> status("other").path("running").asInt() > 0, "other");
    Program.Said said = Program.call("cancel", output("other"));
    assertThat(said.code()).as("%s", said.err()).isZero();
    assertThat(said.out()).contains("is cancelled");
    assertThat(Program.ended(client)).isEqualTo(ExitCode.CANCELLED);
    assertThat(status("other").path("state").asText()).isEqualTo("CANCELLED");
    assertThat(Program.call("cancel", output("other")).out()).contains("has ended already");
  }

  private static String[] onCluster(String output, String... options) {
    List<String> words = new ArrayList<>(List.of("run", experiment));
    words.add("--output=" + output(output));
    words.add("--runner=FlinkRunner");
    words.add("--flinkMaster=" + cluster.master());
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  private static String output(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode json(String file) throws IOException {
    return MAPPER.readTree(folder.resolve(file).toFile());
  }

  private static JsonNode status(String output) throws IOException {
    Program.Said said = Program.call("status", output(output), "--json");
    return said.code() == 0 ? MAPPER.readTree(said.out()) : MAPPER.createObjectNode();
  }

  private static JsonNode rest(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + cluster.master() + path)).build();
    return MAPPER.readTree(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static int jobs() throws IOException, InterruptedException {
    return rest("/jobs/overview").path("jobs").size();
  }

  /** A look that may fail as long as files are on their way. */
  @FunctionalInterface
  private interface Look {
    boolean holds() throws Exception;
  }

  private static void await(Look look, String output) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!look.holds()) {
      assertThat(System.nanoTime())
          .as("in time: %s", Program.call("status", output(output)))
          .isLessThan(deadline);
      Thread.sleep(250);
    }
  }
}
