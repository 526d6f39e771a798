package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each preset's file says of it. */
class PresetCommentsTest {
  private static final String EXAMPLE = "#   ";

  static List<Path> presets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "conf", "methods"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void isWholeSentences(Path preset) throws IOException {
    List<String> comments =
        Files.readAllLines(preset).stream()
            .skip(1) // the editor's
            .takeWhile(line -> line.startsWith("#"))
            .toList();
    assertThat(comments)
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(line -> line.startsWith(EXAMPLE) || line.matches("# [^ ].*"));
    String text =
        comments.stream()
            .filter(line -> !line.startsWith(EXAMPLE))
            .map(line -> line.substring(2))
            .collect(Collectors.joining(" "));
    assertThat(text)
        .matches("\\p{Lu}.*[.:]")
        .doesNotContainPattern("(?<!\\bal)[.,;:][.,;:\\p{Lu}]")
        .doesNotContain("  ");
  }
}
