package io.ticketflow.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls commands on an experiment whose networks train in a second, and keeps what the last one
 * said.
 */
abstract class CommandFixture {
  @TempDir Path temp;
  String out = "";
  String err = "";
  Path file = Path.of("");
  Path output = Path.of("");

  @BeforeEach
  void experiment() throws IOException {
    file = Files.writeString(temp.resolve("tiny.yaml"), Program.TINY);
    output = temp.resolve("out");
  }

  int run(String... more) {
    List<String> arguments =
        Stream.concat(Stream.of("run", file.toString(), "--output=" + output), Arrays.stream(more))
            .toList();
    return call(arguments.toArray(String[]::new));
  }

  int call(String... arguments) {
    Program.Said said = Program.call(arguments);
    out = said.out();
    err = said.err();
    return said.code();
  }

  String sentence() {
    return err.lines().findFirst().orElse("");
  }

  static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return contents;
  }
}
