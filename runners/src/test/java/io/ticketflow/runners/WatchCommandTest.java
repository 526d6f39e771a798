package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.watch.WatchServer;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live page of a run: what it shows, to whom, and when it ends. */
class WatchCommandTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir static Path temp;
  private static FinishedOutput finished = new FinishedOutput(Path.of(""));

  @BeforeAll
  static void run() throws IOException {
    finished = FinishedOutput.make(temp, "finished");
  }

  @Test
  void showsTheFinalReportOfARunThatIsDoneAndWritesNothing() throws Exception {
    Map<String, byte[]> before = CommandFixture.files(finished.folder());
    try (WatchServer server = serve(finished.folder())) {
      JsonNode state = state(server);
      assertThat(state.path("state").asText()).isEqualTo("DONE");
      assertThat(state.path("over").asBoolean()).isTrue();
      assertThat(state.path("nothing").asText()).isEmpty();
      assertThat(get(server, "report").body())
          .isEqualTo(Files.readString(finished.folder().resolve("report.html")));
      assertThat(get(server, "").body())
          .contains("<strong id=\"state\">Done</strong>", "2 networks trained")
          .contains("data-version=\"" + state.path("version").asText() + "\"");
    }
    assertThat(CommandFixture.files(finished.folder())).containsExactlyEntriesOf(before);
  }

  @Test
  void growsAsTheRunGoesOn() throws Exception {
    FinishedOutput half = half("growing");
    try (WatchServer server = serve(half.folder())) {
      String version = state(server).path("version").asText();
      assertThat(cycles(server)).containsExactly(0);
      assertThat(get(server, "").body()).contains("Running", "Its process is gone");

      FinishedOutput.make(temp, "growing"); // the same command goes on
      Thread.sleep(2100); // viewers get what was seen two seconds ago
      JsonNode state = state(server);
      assertThat(state.path("state").asText()).isEqualTo("DONE");
      assertThat(state.path("version").asText()).isNotEqualTo(version);
      assertThat(cycles(server)).containsExactly(0, 1);
    }
  }

  @Test
  void saysInWordsThatNothingIsFinished() throws Exception {
    FinishedOutput half = half("nothing");
    for (String file : CommandFixture.files(half.folder()).keySet()) {
      if (file.startsWith("actions/")) {
        Files.delete(half.folder().resolve(file));
      }
    }
    try (OutputFolder held = OutputFolder.claim(Location.of(half.folder()));
        WatchServer server = serve(held.location().folder().orElseThrow())) {
      assertThat(state(server).path("over").asBoolean()).isFalse();
      assertThat(state(server).path("nothing").asText()).startsWith("Nothing is finished yet");
      assertThat(get(server, "").body()).contains("Nothing is finished yet", "hidden></iframe>");
    }
  }

  /** Its keys are of another batch size, as they would be of another device. */
  @Test
  void saysThatWhatIsFinishedWasMadeElsewhere() throws Exception {
    FinishedOutput half = half("elsewhere");
    Path experiment = half.folder().resolve("experiment.yaml");
    String text = Files.readString(experiment);
    assertThat(text).contains("batchSize: 40");
    Files.writeString(experiment, text.replace("batchSize: 40", "batchSize: 30"));
    try (WatchServer server = serve(half.folder())) {
      assertThat(state(server).path("nothing").asText()).contains("other devices", "--device");
    }
  }

  @Test
  void answersWhoeverNamesItAndNobodyElse() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      int port = URI.create(server.url()).getPort();
      for (String host : List.of("localhost", "LOCALHOST", "127.0.0.1", "[::1]")) {
        assertThat(code(port, "GET / HTTP/1.1\r\nHost: " + host + ":" + port)).isEqualTo(200);
      }
      for (String host :
          List.of("evil.example:" + port, "localhost", "127.0.0.1:1", "localhost.evil:" + port)) {
        assertThat(code(port, "GET /state HTTP/1.1\r\nHost: " + host)).as(host).isEqualTo(403);
      }
      assertThat(code(port, "GET / HTTP/1.0")).isEqualTo(403);
      String own = "localhost:" + port;
      assertThat(code(port, "GET / HTTP/1.1\r\nHost: " + own + "\r\nHost: evil.example"))
          .isIn(400, 403);
    }
  }

  @Test
  void isOnlyLookedAt() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      URI page = URI.create(server.url());
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
        HttpResponse<String> said =
            send(HttpRequest.newBuilder(page).method(method, BodyPublishers.ofString("x")));
        assertThat(said.statusCode()).as(method).isEqualTo(405);
        assertThat(said.headers().firstValue("Allow")).contains("GET, HEAD");
      }
      HttpResponse<String> head =
          send(HttpRequest.newBuilder(page).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(get(server, "experiment.yaml").statusCode()).isEqualTo(404);
      assertThat(policy(get(server, ""))).contains("connect-src 'self'", "default-src 'none'");
      assertThat(policy(get(server, "report"))).doesNotContain("connect-src");
      assertThat(get(server, "watch.js").statusCode()).isEqualTo(200);
      assertThat(get(server, "watch.css").statusCode()).isEqualTo(200);
    }
  }

  /** 127.0.0.2 is this machine too, but another address. */
  @Test
  void listensAtOneAddress() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      int port = URI.create(server.url()).getPort();
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      assertThatThrownBy(() -> new Socket(other, port).close())
          .isInstanceOf(ConnectException.class);
      new Socket("127.0.0.1", port).close();
    }
  }

  @Test
  @Timeout(60)
  void endsWhenTheRunIsOverAndNobodyLooks() throws Exception {
    Duration patience = Duration.ofMillis(800);
    try (WatchServer server = serve(finished.folder())) {
      Thread viewer = new Thread(() -> look(server, 20));
      long start = System.nanoTime();
      viewer.start(); // for two seconds
      server.await(patience);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(2500));
      viewer.join();
    }
  }

  @Test
  void refusesInOneSentenceWhatItCannotServe() throws IOException {
    String output = finished.folder().toString();
    refused("There is no run of Ticketflow in " + temp.resolve("none"), temp.resolve("none"));
    refused("--port must be from 0 to 65535, got 65536", output, "--port=65536");
    refused("--port must be from 0 to 65535, got -1", output, "--port=-1");
    refused("'x' is not an int", output, "--port=x");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused("in use", output, "--port=" + taken.getLocalPort());
    }
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  @Timeout(120)
  void saysWhereItIsAndEndsByCtrlC() throws Exception {
    Program program = new Program(temp);
    Process process = program.start("watch", "watch", finished.folder().toString());
    try {
      Pattern line = Pattern.compile("(?m)^Watch {3}(http://127\\.0\\.0\\.1:\\d+/)$");
      Matcher said = line.matcher("");
      while (!said.find()) {
        assertThat(process.isAlive()).as(program.log("watch")).isTrue();
        Thread.sleep(100);
        said.reset(program.log("watch"));
      }
      assertThat(send(HttpRequest.newBuilder(URI.create(said.group(1)))).statusCode())
          .isEqualTo(200);
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(Program.ended(process)).isEqualTo(ExitCode.CANCELLED);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void refused(String sentence, Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "watch";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    Program.Said said = Program.call(all);
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err().lines().findFirst().orElse("")).contains(sentence);
    assertThat(said.out()).isEmpty();
  }

  /** A run that was killed while it trained cycle 1, before it could write a table. */
  private static FinishedOutput half(String name) throws IOException {
    FinishedOutput half = finished.copy(name);
    Location output = Location.of(half.folder());
    for (CostRow cost : Tables.COSTS.read(output)) {
      if (cost.getKind().equals("train") && cost.getCycle() == 1) {
        String key = cost.getAction();
        Files.delete(half.folder().resolve("actions/" + key.substring(0, 2) + "/" + key + ".avro"));
      }
    }
    for (String file : CommandFixture.files(half.folder()).keySet()) {
      if (file.startsWith("metrics/") || file.startsWith("costs/")) {
        Files.delete(half.folder().resolve(file));
      }
    }
    RunStatus done = RunStatus.required(output);
    new RunStatus(
            RunState.RUNNING,
            done.experiment(),
            done.started(),
            null,
            done.runs(),
            0,
            done.trainings(),
            0,
            0,
            done.epochs(),
            null,
            done.version())
        .write(output);
    return half;
  }

  private static WatchServer serve(Path folder) throws IOException {
    return WatchServer.start(Location.of(folder), 0, DevicePolicy.CPU);
  }

  private static JsonNode state(WatchServer server) throws Exception {
    return new JsonMapper().readTree(get(server, "state").body());
  }

  /** Cycles of the report's chart of accuracies. */
  private static Set<Integer> cycles(WatchServer server) throws Exception {
    Matcher data = DATA.matcher(get(server, "report").body());
    assertThat(data.find()).isTrue();
    Set<Integer> cycles = new TreeSet<>();
    new JsonMapper()
        .readTree(data.group(1))
        .path("accuracy")
        .forEach(point -> cycles.add(point.path("cycle").asInt()));
    return cycles;
  }

  private static String policy(HttpResponse<String> said) {
    return said.headers().firstValue("Content-Security-Policy").orElse("");
  }

  private static HttpResponse<String> get(WatchServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static void look(WatchServer server, int times) {
    for (int i = 0; i < times; i++) {
      try {
        state(server);
        Thread.sleep(100);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The code that a request gets whose head is that, since clients set a host themselves. */
  private static int code(int port, String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(said.substring(9, 12));
    }
  }
}
