package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.ExitCode;
import io.ticketflow.runners.Ticketflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

      assertThat(call(folder, "stop")).isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("Stopped the cluster's 3 processes");
      assertThat(mended).noneMatch(ClusterProcess::isAlive);
      assertThat(folder.resolve("pids")).doesNotExist();
      assertThat(folder.resolve("tmp")).doesNotExist();
      assertThat(folder.resolve("log/jobmanager.log")).isNotEmptyFile();

      assertThat(call(folder, "status")).isEqualTo(ExitCode.FAILED);
      assertThat(call(folder, "stop")).isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("No cluster runs from " + folder);
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
    List<String> command = new ArrayList<>();
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
