package io.ticketflow.runners.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a process's log, for whoever asks why it failed. */
final class LogTail {
  private static final int LINES = 12;
  private static final int WIDTH = 300;

  private LogTail() {}

  /** What became of the process, where its log is, and how that ends. */
  static String sentence(ClusterFolder folder, ClusterProcess process, String what)
      throws IOException {
    // What ends a JVM before it logs is on its output.
    Path output = Spawn.output(folder, process.name());
    List<String> said = lines(output);
    Path told = said.isEmpty() ? Spawn.log(folder, process.name()) : output;
    List<String> all = said.isEmpty() ? lines(told) : said;
    return "The cluster did not start: "
        + process.name()
        + " "
        + what
        + "; the end of "
        + told
        + ":\n"
        + String.join("\n", all.subList(Math.max(0, all.size() - LINES), all.size()));
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.length() <= WIDTH ? line : line.substring(0, WIDTH) + " ...")
        .toList();
  }
}
