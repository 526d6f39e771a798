package io.ticketflow.runners.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of this machine. A test that needs one that is not there is skipped, and says so.
 *
 * @param environment beside that of the tests
 */
record Tool(Path path, Map<String, String> environment) {
  /** How it ended, and all that it said. */
  record Said(int code, String text) {}

  /** On the PATH, or where Debian keeps programs of the system. */
  static Tool named(String name) {
    String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin:/usr/bin";
    Path found =
        Stream.of(folders.split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(found != null, name + " is not installed");
    return new Tool(found, Map.of());
  }

  Tool with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Tool(path, more);
  }

  Said call(String... arguments) throws IOException, InterruptedException {
    return call(List.of(arguments));
  }

  Said call(List<String> arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ended", path).isTrue();
    return new Said(process.exitValue(), text);
  }

  Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
