package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program writes for users whose language has digits and letters of its own. */
class LocaleIT {
  private static final Pattern FOREIGN_DIGIT = Pattern.compile("(?U)(?![0-9])\\d");

  @TempDir Path temp;

  @Test
  void digitsAreLatinInPersian() throws Exception {
    digitsAreLatin("-Duser.language=fa -Duser.country=IR");
  }

  @ParameterizedTest
  @Tag("faults") // for their time
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai"
      })
  void digitsAreLatinInOthers(String locale) throws Exception {
    digitsAreLatin(locale);
  }

  /** On the terminal, with progress bars, which a library formats; and in files. */
  private void digitsAreLatin(String locale) throws IOException, InterruptedException {
    Path experiment =
        Files.writeString(
            temp.resolve("x.yaml"),
            """
            methods: [imp]
            axes: {training.schedule.learningRate: [0.001, 0.01]}
            data: {name: glyphs, train: 100, test: 100}
            model: {name: lenet-300-100}
            training: {epochs: 1, batchSize: 50, optimiser: {name: adam}}
            pruning: {cycles: 1}
            """);
    List<String> flags = List.of((locale + " -Dticketflow.terminal=true").split(" "));
    Program program = new Program(temp);
    Path output = temp.resolve("out");
    String[] run = {"run", experiment.toString(), "--output=" + output};
    String said = said(program, "run", flags, run);
    assertThat(said).contains("epochs").contains("4/4").contains("Test accuracy in %");
    assertLatin(said);
    for (String file : List.of("report.html", "status.json")) {
      assertLatin(Files.readString(output.resolve(file)));
    }
    String[] plan = {"plan", experiment.toString(), "--output=" + output};
    assertLatin(said(program, "plan", flags, plan));
  }

  private static String said(Program program, String log, List<String> flags, String... command)
      throws IOException, InterruptedException {
    int code = Program.ended(program.start(log, flags, command));
    String said = program.log(log);
    assertThat(code).as("%s", said).isZero();
    return said;
  }

  private static void assertLatin(String text) {
    assertThat(FOREIGN_DIGIT.matcher(text).results().map(found -> found.group())).isEmpty();
  }
}
