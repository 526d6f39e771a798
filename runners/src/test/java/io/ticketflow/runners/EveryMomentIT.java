package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.runners.cluster.FlinkCluster;
import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.runners.job.ClusterClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, ended by every signal at random moments of its life, again and again: the exit
 * code is the signal's or the command's own, and what is left is whole.
 *
 * <p>The moments come from a seed, which is printed; the system properties {@code
 * ticketflow.moments} and {@code ticketflow.moments.seed} say how many they are and from which.
 */
@Tag("moments")
class EveryMomentIT {
  private static final int TRIES = Integer.getInteger("ticketflow.moments", 50);
  private static final long SEED =
      Long.getLong("ticketflow.moments.seed", System.currentTimeMillis());
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP", "KILL");
  private static final Map<String, Integer> CODES =
      Map.of("INT", 130, "TERM", 143, "HUP", 129, "KILL", 137);
  private static final String EXPERIMENT =
      """
      name: moments
      methods: [imp]
      data: {name: glyphs, train: 200, test: 60}
      model: {name: lenet-300-100}
      training: {epochs: 3, rewindEpochs: 1, batchSize: 32}
      pruning: {rate: 0.3, cycles: 2}
      """;

  @TempDir static Path folder;
  private static Program program = new Program(Path.of(""));
  private static String experiment = "";
  private static SortedMap<String, String> expected = new TreeMap<>();

  /** What has to hold after a command has ended by a signal, or by itself ("none"). */
  @FunctionalInterface
  private interface Law {
    void holds(String signal, int code) throws Exception;
  }

  @BeforeAll
  @SuppressWarnings("SystemOut")
  static void undisturbed() throws Exception {
    System.out.println("ticketflow.moments.seed=" + SEED);
    program = new Program(folder);
    experiment = Files.writeString(folder.resolve("moments.yaml"), EXPERIMENT).toString();
    assertThat(program.run("undisturbed", run("undisturbed"))).isZero();
    expected = program.metrics("undisturbed");
    assertThat(expected).hasSize(4);
  }

  @Test
  void plan() throws Exception {
    String[] command = run("planned");
    command[0] = "plan";
    atEveryMoment(
        "plan", 0, (signal, code) -> assertThat(folder.resolve("planned")).doesNotExist(), command);
  }

  @Test
  void report() throws Exception {
    Path page = folder.resolve("undisturbed/report.html");
    byte[] whole = Files.readAllBytes(page);
    atEveryMoment(
        "report",
        0,
        (signal, code) -> assertThat(page).hasBinaryContent(whole),
        "report",
        folder.resolve("undisturbed").toString());
  }

  @Test
  void fetch() throws Exception {
    // Of the published name and size, but of other content: what comes is refused at its end.
    byte[] content = new byte[9_912_422];
    Arrays.fill(content, (byte) 7);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> slowly(exchange, content));
    server.start();
    try {
      atEveryMoment(
          "fetch",
          ExitCode.FAILED,
          (signal, code) -> {
            for (Path file : files(folder.resolve("data"))) {
              assertThat(file.toString()).endsWith(".part");
              assertThat(Files.readAllBytes(file)).containsOnly(7);
            }
          },
          "data",
          "fetch",
          "mnist",
          "--to=" + folder.resolve("data"),
          "--mirror=http://127.0.0.1:" + server.getAddress().getPort() + "/");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void runInOneProcess() throws Exception {
    aRun("direct", (signal, code) -> {});
  }

  @Test
  void runOnFlinkInOneProcess() throws Exception {
    aRun(
        "local",
        (signal, code) -> {},
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--parallelism=2");
  }

  @Test
  void runOnACluster() throws Exception {
    try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("cluster"), 1, 2, Map.of())) {
      ClusterClient rest = new ClusterClient(ClusterAddress.parse(cluster.master()));
      aRun(
          "sent",
          (signal, code) -> {
            while (signal.equals("KILL") && rest.overview().jobsRunning() > 0) {
              Program.call("cancel", folder.resolve("sent").toString());
            }
            assertThat(rest.overview().jobsRunning()).isZero();
          },
          "--runner=FlinkRunner",
          "--flinkMaster=" + cluster.master());
    }
  }

  @Test
  void startOfACluster() throws Exception {
    Path where = folder.resolve("started");
    String option = "--folder=" + where;
    atEveryMoment(
        "start",
        ExitCode.DONE,
        (signal, code) -> {
          if (code == ExitCode.DONE) {
            Program.Said status = Program.call("cluster", "status", option);
            assertThat(status.code()).as(status.err()).isZero();
          } else if (!signal.equals("KILL")) {
            assertThat(processesOf(where)).isEmpty();
          }
          assertThat(Program.call("cluster", "stop", option).code()).isZero();
          assertThat(processesOf(where)).isEmpty();
        },
        "cluster",
        "start",
        "--port=0",
        option);
  }

  /** A run is gone on with by the next try, and begun anew once it is done. */
  private void aRun(String output, Law law, String... options) throws Exception {
    String[] command = run(output, options);
    AtomicLong deaths = new AtomicLong(); // of attempts at work, which none but a KILL brings about
    atEveryMoment(
        output,
        ExitCode.DONE,
        (signal, code) -> {
          law.holds(signal, code);
          long now = program.files(output, "attempts/begun");
          assertThat(now).isLessThanOrEqualTo(signal.equals("KILL") ? 2 : deaths.get());
          deaths.set(now);
          if (code == ExitCode.DONE) {
            assertThat(program.metrics(output)).isEqualTo(expected);
            delete(folder.resolve(output));
          }
        },
        command);
    assertThat(program.run(output, command)).isZero();
    assertThat(program.metrics(output)).isEqualTo(expected);
  }

  private static void atEveryMoment(String name, int own, Law law, String... command)
      throws Exception {
    long begun = System.nanoTime();
    assertThat(program.run(name, command)).as(program.log(name)).isEqualTo(own);
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    law.holds("none", own);
    for (int i = 0; i < TRIES; i++) {
      int moment = KeyedRandom.of(SEED, name, i).nextInt((int) whole);
      String signal = SIGNALS.get(i % SIGNALS.size());
      Process process = program.start(name, command);
      boolean early = process.waitFor(moment, TimeUnit.MILLISECONDS);
      if (!early) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      }
      int code = Program.ended(process);
      String what =
          String.format(
              Locale.ROOT,
              "%s %d: %s after %d of %d ms: %s",
              name,
              i,
              signal,
              moment,
              whole,
              program.log(name));
      // Two KILLs may hit one and the same piece of work; the next call tries it anew.
      boolean twiceKilled = program.log(name).contains("died, and so did the next");
      assertThat(code).as(what).isIn(twiceKilled ? ExitCode.FAILED : own, CODES.get(signal));
      try {
        law.holds(early ? "none" : signal, code);
      } catch (AssertionError e) {
        throw new AssertionError(what, e);
      }
    }
  }

  private static String[] run(String output, String... options) {
    List<String> command = new ArrayList<>(List.of("run", experiment));
    command.add("--output=" + folder.resolve(output));
    command.addAll(List.of("--device=cpu", "--checkpointEpochs=1", "--checkpointMinutes=0"));
    command.addAll(Arrays.asList(options));
    return command.toArray(String[]::new);
  }

  private static List<String> processesOf(Path cluster) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(cluster.resolve("conf").toString()))
        .toList();
  }

  private static void slowly(HttpExchange exchange, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int at = from; at < content.length; at += 1 << 17) {
        out.write(content, at, Math.min(1 << 17, content.length - at));
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> files(Path top) throws IOException {
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
