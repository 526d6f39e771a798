package io.ticketflow.runners.job;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are those of Flink 1.19.3, shortened. */
class ClusterClientTest {
  private static final String JOB = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

  private RecordedCluster cluster;
  private ClusterClient client;

  @BeforeEach
  void start() throws IOException {
    cluster = new RecordedCluster();
    client = new ClusterClient(cluster.address());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void readsWhatAClusterSaysOfItself() throws IOException {
    cluster
        .with(
            "/overview",
            """
            {"taskmanagers":2,"slots-total":4,"slots-available":3,"jobs-running":1,\
            "flink-version":"1.19.3","flink-commit":"4105f8d"}""")
        .with(
            "/jobmanager/config",
            """
            [{"key":"rest.port","value":"18081"},{"key":"ticketflow.device","value":"gpu"}]""")
        .with(
            "/jobmanager/environment",
            """
            {"jvm":{"version":"17"},"classpath":["lib/api-0.35.1.jar","lib/gson-2.13.1.jar"]}""");
    ClusterFacts facts = client.facts();
    assertThat(facts.version()).isEqualTo("1.19.3");
    assertThat(facts.taskManagers()).isEqualTo(2);
    assertThat(facts.slots()).isEqualTo(4);
    assertThat(facts.freeSlots()).isEqualTo(3);
    assertThat(facts.setting("rest.port")).contains("18081");
    assertThat(facts.device()).isEqualTo("gpu");
    assertThat(facts.classPath()).containsExactly("lib/api-0.35.1.jar", "lib/gson-2.13.1.jar");
  }

  @Test
  void countsWhatThereIs() throws IOException {
    cluster
        .with(
            "/overview",
            """
            {"taskmanagers":2,"slots-total":4,"slots-available":3,"jobs-running":1}""")
        .with(
            "/taskmanagers",
            """
            {"taskmanagers":[{"id":"taskmanager-1-ab","slotsNumber":2},{"id":"taskmanager-2-cd","slotsNumber":0}]}""");
    assertThat(client.overview()).isEqualTo(new ClusterOverview(2, 4, 3, 1));
    assertThat(client.taskManagers())
        .isEqualTo(Map.of("taskmanager-1-ab", 2, "taskmanager-2-cd", 0));
  }

  @Test
  void tellsWhereAJobIs() throws IOException {
    cluster.with(
        "/jobs/" + JOB,
        """
        {"jid":"0a1b2c3d4e5f60718293a4b5c6d7e8f9","name":"ticketflow x","state":"RUNNING",\
        "vertices":[\
        {"name":"Runs","status":"FINISHED","parallelism":1,"metrics":{"write-records":2}},\
        {"name":"Cycle03 / Train / TrainParticle","status":"RUNNING","parallelism":4,\
        "start-time":1795175820772,"duration":1234,"metrics":{"read-records":8,"write-records":0}},\
        {"name":"Cycle10 / Average","status":"CREATED","parallelism":4,"metrics":{}}]}""");
    JobDetails details = client.details(JOB).orElseThrow();
    assertThat(details.state()).isEqualTo(JobState.RUNNING);
    assertThat(details.vertices().get(1))
        .isEqualTo(
            new Vertex(
                "Cycle03 / Train / TrainParticle", "RUNNING", 4, 8, 0, 1795175820772L, 1234));
    assertThat(JobPhase.of(details)).contains("cycle 3 of 10: training");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WorkAhead / Work, Initialise / TrainMatchingTicket, Cycle00 / Train / FanOut | training, each run in a cycle of its own
          Cycle03 / Average, Measure / RecalibrateAndEvaluate, Prune | cycle 3 of 3: averaging
          Cycle03 / Rounds / TrainRound2 | cycle 3 of 3: training in rounds
          WriteTables / Write | writing tables
          """)
  void tellsWhatAStepDoes(String step, String phase) {
    Vertex running = new Vertex(step, "RUNNING", 4, 0, 0, 0, 0);
    JobDetails details = new JobDetails(JOB, "x", JobState.RUNNING, 0, List.of(running));
    assertThat(JobPhase.of(details)).contains(phase);
  }

  @Test
  void aJobThatIsNotKnownIsNoError() throws IOException {
    assertThat(client.state(JOB)).isEmpty();
    assertThat(client.details(JOB)).isEmpty();
    assertThat(client.failure(JOB)).isEmpty();
    client.cancel(JOB);
  }

  @Test
  void followsAJobToItsEndAndAsksNobodyElse() throws Exception {
    cluster.with("/jobs/" + JOB + "/status", "{\"status\":\"RUNNING\"}");
    cluster.with("/jobs/" + JOB, "{\"jid\":\"" + JOB + "\",\"state\":\"RUNNING\"}");
    List<JobDetails> seen = new ArrayList<>();
    JobFollower follower = new JobFollower(client, Duration.ofSeconds(10));
    assertThat(
            follower.await(
                JOB,
                details -> {
                  seen.add(details);
                  cluster.with("/jobs/" + JOB + "/status", "{\"status\":\"FINISHED\"}");
                }))
        .contains(JobState.FINISHED);
    assertThat(seen).hasSize(1);
    client.cancel(JOB);
    assertThat(cluster.asked.get(cluster.asked.size() - 1))
        .isEqualTo("PATCH /jobs/" + JOB + "?mode=cancel");
    assertThat(cluster.asked).allMatch(asked -> asked.contains("/jobs/" + JOB));
  }

  @Test
  void saysThatNothingAnswers() {
    cluster.close();
    assertThatThrownBy(client::facts)
        .isInstanceOf(IOException.class)
        .hasMessage("nothing answers at " + cluster.address() + ": connection refused");
  }

  @Test
  void saysThatAnotherServerAnswers() {
    cluster.with("/overview", "<html>");
    assertThatThrownBy(client::facts).hasMessageContaining("is not JSON");
  }

  @Test
  void goesNowhereElse() throws IOException {
    try (RecordedCluster other = new RecordedCluster()) {
      cluster.with("/overview", "http://" + other.address() + "/overview");
      assertThatThrownBy(client::facts).hasMessageContaining("with HTTP status 302");
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void asksForAWhileAndThenSaysThatTheClusterIsGone() {
    cluster.close();
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> new JobFollower(client, Duration.ofSeconds(1)).await(JOB, details -> {}))
        .hasMessageContaining("nothing answers at " + cluster.address());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void asksForNothingButAJob() {
    assertThatThrownBy(() -> client.cancel("../jars")).isInstanceOf(IllegalArgumentException.class);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void anAnswerThatStopsInItsBodyIsNotWaitedForForEver() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread halves =
          new Thread(
              () -> {
                try (Socket asked = server.accept()) {
                  asked
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(US_ASCII));
                  asked.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // the client has gone, as it should
                }
              });
      halves.setDaemon(true);
      halves.start();
      ClusterAddress address = new ClusterAddress("127.0.0.1", server.getLocalPort());
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(new ClusterClient(address, Duration.ofMillis(500))::overview)
                  .isInstanceOf(IOException.class)
                  .hasMessage("nothing answers at " + address + ": no answer in time"));
    }
  }
}
