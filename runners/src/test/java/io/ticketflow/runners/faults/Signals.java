package io.ticketflow.runners.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to processes, and what they did. */
final class Signals {
  private Signals() {}

  /** Sends INT, STOP, CONT, KILL or another signal. */
  static void send(ProcessHandle process, String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + pid + " failed");
    }
  }

  /** Whether SIGSTOP holds a process. */
  static boolean isStopped(ProcessHandle process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream().anyMatch(line -> line.startsWith("State:\tT"));
  }
}
