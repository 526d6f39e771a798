package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.Program;
import io.ticketflow.runners.Ticketflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A cluster from its start to its end, by the commands of a user, as real processes. */
class ClusterIT {
  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void startsShowsMendsAndStops() throws Exception {
    Path folder = temp.resolve("a cluster");
    ClusterFolder where = new ClusterFolder(folder);
    try {
      assertThat(
              call(folder, "start", "--port=0", "--taskmanagers=2", "--taskmanager-memory=1200m"))
          .as("%s", err)
          .isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("2 TaskManagers, 4 slots (4 free), 0 jobs running");
      LocalCluster cluster = LocalCluster.in(where).orElseThrow();
      assertThat(out.toString()).contains("--flinkMaster=" + cluster.master());
      List<ClusterProcess> processes = cluster.processes();
      assertThat(processes)
          .extracting(ClusterProcess::name)
          .containsExactly("jobmanager", "taskmanager-1", "taskmanager-2");
      assertThat(processes).allMatch(ClusterProcess::isAlive);
      for (ClusterProcess process : processes) {
        assertThat(Listening.of(process.pid())).isNotEmpty().allMatch(Listening::isLoopback);
        assertThat(session(process)).as("no Ctrl-C from here").isEqualTo(process.pid());
      }

      assertThat(call(folder, "status")).isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("process " + processes.get(2).pid());
      assertThat(call(folder, "start")).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("already", cluster.master()).hasLineCount(1);

      ProcessHandle doomed = processes.get(1).handle().orElseThrow();
      doomed.destroyForcibly();
      doomed.onExit().get();
      assertThat(call(folder, "status")).isEqualTo(ExitCode.FAILED);
      assertThat(out.toString()).contains("taskmanager-1   has ended");
      assertThat(call(folder, "start")).isEqualTo(ExitCode.DONE);
      List<ClusterProcess> mended = cluster.processes();
      assertThat(mended).hasSize(3).allMatch(ClusterProcess::isAlive);
      assertThat(mended.get(1).pid()).isNotEqualTo(processes.get(1).pid());
      assertThat(mended.get(2)).isEqualTo(processes.get(2));

      assertThat(call(folder, "scale", "--taskmanagers=3", "--slots=1"))
          .as("%s", err)
          .isEqualTo(ExitCode.DONE);
      // The JobManager counts the killed one until its heartbeats have been missed.
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!out.toString().contains("3 TaskManagers, 5 slots (5 free)")) {
        assertThat(System.nanoTime()).as("%s", out).isLessThan(patience);
        Thread.sleep(500);
        assertThat(call(folder, "status")).isEqualTo(ExitCode.DONE);
      }
      List<ClusterProcess> more = cluster.processes();
      assertThat(more).hasSize(4).containsAll(mended).allMatch(ClusterProcess::isAlive);
      assertThat(call(folder, "scale", "--taskmanagers=2")).isEqualTo(ExitCode.DONE);
      assertThat(cluster.processes()).isEqualTo(mended).allMatch(ClusterProcess::isAlive);
      assertThat(more.get(3).isAlive()).isFalse();
      assertThat(call(folder, "status")).isEqualTo(ExitCode.DONE);

      // A file that outlived its process, whose number is now this test's.
      new ClusterProcess("taskmanager-3", ProcessHandle.current().pid(), "0123456789")
          .write(folder.resolve("pids"));
      assertThat(call(folder, "stop")).isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("Stopped the cluster's 3 processes");
      assertThat(mended).noneMatch(ClusterProcess::isAlive);
      assertThat(folder.resolve("pids")).doesNotExist();
      assertThat(folder.resolve("tmp")).doesNotExist();
      assertThat(folder.resolve("log/jobmanager.log")).isNotEmptyFile();

      assertThat(call(folder, "status")).isEqualTo(ExitCode.FAILED);
      assertThat(call(folder, "stop")).isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("No cluster runs from " + folder);
      assertThat(call(folder, "scale", "--taskmanagers=2")).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("No cluster runs from " + folder).hasLineCount(1);
    } finally {
      call(folder, "stop");
    }
  }

  @Test
  void aPortInUseIsNamedAndNothingIsLeft() throws Exception {
    Path folder = temp.resolve("none");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(call(folder, "start", "--port=" + taken.getLocalPort())).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString())
          .contains("Port " + taken.getLocalPort() + " of 127.0.0.1", "--port")
          .doesNotContain("java.");
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aProcessThatCannotStartIsToldWithItsLogAndNothingRuns() throws Exception {
    Path folder = temp.resolve("broken");
    assertThat(call(folder, "start", "--port=0", "-Denv.java.opts.taskmanager=-XX:+NoSuchFlag"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("taskmanager-1 ended", folder.resolve("log").toString(), "NoSuchFlag");
    LocalCluster cluster = LocalCluster.in(new ClusterFolder(folder)).orElseThrow();
    assertThat(cluster.processes()).noneMatch(ClusterProcess::isAlive);
  }

  @Test
  void ctrlCWhileItStartsLeavesNothing() throws Exception {
    Path folder = temp.resolve("cancelled");
    List<String> command = new ArrayList<>(Program.heedingSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dticketflow.flink=" + System.getProperty("ticketflow.flink"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Ticketflow.class.getName(), "cluster", "start", "--port=0"));
    command.add("--folder=" + folder);
    Process start = new ProcessBuilder(command).start();
    Path numbers = folder.resolve("pids/taskmanager-1");
    while (start.isAlive() && !Files.exists(numbers)) {
      Thread.sleep(10);
    }
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(start.pid())).start().waitFor())
        .isZero();
    assertThat(start.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(start.exitValue()).isEqualTo(ExitCode.CANCELLED);
    LocalCluster cluster = LocalCluster.in(new ClusterFolder(folder)).orElseThrow();
    assertThat(cluster.processes()).isNotEmpty().noneMatch(ClusterProcess::isAlive);
  }

  @Test
  void theJarsThatTheImageTakesAreGathered() throws Exception {
    Path flink = Path.of(System.getProperty("ticketflow.flink"));
    Matcher globs =
        Pattern.compile("lib/\\S+\\.jar").matcher(Files.readString(Path.of("docker/Dockerfile")));
    List<String> copied = globs.results().map(MatchResult::group).toList();
    assertThat(copied).hasSizeGreaterThan(8);
    for (String glob : copied) {
      PathMatcher matcher = flink.getFileSystem().getPathMatcher("glob:" + flink + "/" + glob);
      try (Stream<Path> jars = Files.list(flink.resolve("lib"))) {
        assertThat(jars.filter(matcher::matches)).as(glob).hasSize(1);
      }
    }
    // Neither of ours, nor of Beam, nor a second SLF4J: those come with the job, or not at all.
    try (Stream<Path> jars = Files.list(flink.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .noneMatch(name -> name.matches("(ticketflow|beam|hadoop|log4j-slf4j2).*"))
          .filteredOn(name -> name.startsWith("slf4j-api-"))
          .containsExactly("slf4j-api-1.7.36.jar");
    }
  }

  /** The session that a process is in, of whose terminal it gets the signals. */
  private static long session(ClusterProcess process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    List<String> afterName = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Long.parseLong(afterName.get(3));
  }

  private int call(Path folder, String command, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("cluster", command, "--folder=" + folder));
    arguments.addAll(List.of(options));
    CommandLine line = Ticketflow.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(String[]::new));
  }
}
