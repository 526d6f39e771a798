package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.watch.WatchServer;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live page of a run: what it shows, where it says it is, and what it refuses. */
class WatchCommandTest extends WatchFixture {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

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
      assertThat(get(server, "").body()).contains("Stopped", "Its process is gone");

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
  void refusesInOneSentenceWhatItCannotServe() throws IOException {
    String output = finished.folder().toString();
    refused("There is no run of Ticketflow in " + temp.resolve("none"), temp.resolve("none"));
    refused("--port must be from 0 to 65535, got 65536", output, "--port=65536");
    refused("--port must be from 0 to 65535, got -1", output, "--port=-1");
    refused("'x' is not an int", output, "--port=x");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
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
}
