package io.ticketflow.runners;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The program as a user's process, and what it leaves; its log is LOG.log in the folder. */
public record Program(Path folder) {
  /** An experiment whose networks train in a second. */
  public static final String TINY =
      """
      name: tiny
      methods: [imp]
      seeds: [1]
      data: {name: glyphs, train: 120, test: 40, validation: 0.1}
      model: {name: lenet-300-100}
      training: {epochs: 1, batchSize: 40}
      pruning: {rate: 0.5, cycles: 1}
      """;

  /**
   * Begins a command that heeds signals. A build in the background of a shell, or under nohup,
   * ignores INT or HUP, and so would all that it starts: no test of a signal could fail there.
   */
  public static List<String> heedingSignals() {
    return List.of("env", "--default-signal=HUP,INT,TERM");
  }

  /** A test's process is over before the better compiler pays; two cores have many of them. */
  public static final String BRIEF = "-XX:TieredStopAtLevel=1";

  /** What a call in this JVM said. */
  public record Said(int code, String out, String err) {}

  /** A process of its own with the flags of this JVM. */
  public Process start(String log, String... arguments) throws IOException {
    return start(log, List.of(), arguments);
  }

  /** Likewise, with those flags beside. */
  public Process start(String log, List<String> flags, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(heedingSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // less an agent that a debugger may have added, and vectors, of which the JVM tells in a line
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("--add-modules"))
        .forEach(command::add);
    command.add(BRIEF);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Ticketflow.class.getName());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log + ".log").toFile())
        .start();
  }

  /** A process of its own, to its end. */
  public int run(String log, String... arguments) throws IOException, InterruptedException {
    return ended(start(log, arguments));
  }

  /** The process's exit code. */
  public static int ended(Process process) throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the program did not end in time");
    }
    return process.exitValue();
  }

  /** A call in this JVM: quick, for what only looks. */
  public static Said call(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Ticketflow.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Said(line.execute(arguments), out.toString(), err.toString());
  }

  /** What a process has said so far. */
  public String log(String log) throws IOException {
    return Files.readString(folder.resolve(log + ".log"));
  }

  /** The bytes of an output's metrics, in hexadecimal, by table. */
  public SortedMap<String, String> metrics(String output) throws IOException {
    Path metrics = folder.resolve(output).resolve("metrics");
    SortedMap<String, String> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(metrics)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes.put(
            metrics.relativize(file).toString(),
            HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }

  /** Files of an output's folder, at any depth. */
  public long files(String output, String under) throws IOException {
    Path root = folder.resolve(output).resolve(under);
    if (!Files.exists(root)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).count();
    } catch (UncheckedIOException e) {
      return 0; // a file came or went while it was listed
    }
  }
}
