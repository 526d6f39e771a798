package io.ticketflow.runners.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The stages of a Dockerfile, of the kinds of lines that ours have; others are refused. */
record Dockerfile(List<Stage> stages) {
  /**
   * From one FROM to the next.
   *
   * @param name after AS, or the stage's number
   * @param base an image, or an earlier stage
   */
  record Stage(String name, String base, List<Line> lines) {}

  /**
   * One instruction.
   *
   * @param word in capitals, such as COPY
   * @param rest without the breaks of its lines, with one space between words
   */
  record Line(String word, String rest) {
    List<String> words() {
      return List.of(rest.split(" ", -1));
    }
  }

  static Dockerfile read(Path file) throws IOException {
    List<Stage> stages = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String part : Files.readAllLines(file)) {
      if (part.isBlank() || part.strip().startsWith("#")) {
        continue;
      }
      boolean goesOn = part.endsWith("\\");
      text.append(goesOn ? part.substring(0, part.length() - 1) : part).append(' ');
      if (!goesOn) {
        add(text.toString().strip().replaceAll("\\s+", " "), stages);
        text.setLength(0);
      }
    }
    return new Dockerfile(stages);
  }

  Stage stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  /** The one that is built when none is named. */
  Stage last() {
    return stages.get(stages.size() - 1);
  }

  private static void add(String text, List<Stage> stages) {
    String[] parts = text.split(" ", 2);
    Line line = new Line(parts[0].toUpperCase(Locale.ROOT), parts[1]);
    switch (line.word()) {
      case "FROM" -> {
        List<String> words = line.words();
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("AS");
        String name = named ? words.get(2) : Integer.toString(stages.size());
        stages.add(new Stage(name, words.get(0), new ArrayList<>()));
      }
      case "COPY", "RUN", "ENV", "WORKDIR", "USER", "ENTRYPOINT" ->
          stages.get(stages.size() - 1).lines().add(line);
      default -> throw new IllegalArgumentException("No such line is known here: " + text);
    }
  }
}
