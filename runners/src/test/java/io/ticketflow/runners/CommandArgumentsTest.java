package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands print their help, and say in one sentence what is wrong with their arguments. */
class CommandArgumentsTest extends CommandFixture {
  @Test
  void helpAndVersionEndWell() {
    assertThat(call("--help")).isZero();
    assertThat(out).contains("run", "plan", "report", "doctor", "130 cancelled");
    assertThat(call("run", "--help")).isZero();
    assertThat(call("--version")).isZero();
    assertThat(out).contains("Ticketflow ", "Java 1");
  }

  @Test
  void wrongArgumentsAreOneSentenceAndCode2() {
    assertThat(call()).isEqualTo(2);
    assertThat(sentence())
        .startsWith("ticketflow: A command is missing: one of init, run, status")
        .contains(", schema, report, verify,");
    assertThat(call("rum")).isEqualTo(2);
    assertThat(err).contains("'rum'", "Did you mean");
    assertThat(call("run")).isEqualTo(2);
    assertThat(sentence()).contains("FILE");
  }

  @Test
  void aMistypedOptionNamesTheNearestOne() {
    assertThat(call("run", file.toString(), "--ouptut=" + output)).isEqualTo(2);
    assertThat(sentence())
        .isEqualTo("ticketflow: There is no option --ouptut; did you mean --output?");
    assertThat(err.lines()).hasSize(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void onlyPublishedDataSetsCanBeFetched() {
    assertThat(call("data", "fetch", "imagenet", "--to=" + output)).isEqualTo(2);
    assertThat(sentence()).contains("imagenet", "cifar100");
    assertThat(call("data", "fetch", "mnist")).isEqualTo(2);
    assertThat(sentence()).contains("--to");
    assertThat(output).doesNotExist();
  }

  @Test
  void placesThatCannotBeAreToldInWords() throws IOException {
    String unreachable = "--to=" + output;
    for (String mirror : List.of("example.org/x", "ftp://example.org/", "http:///x", "", "a b")) {
      assertThat(call("data", "fetch", "mnist", unreachable, "--mirror=" + mirror)).isEqualTo(2);
      assertThat(sentence()).contains("--mirror", "https://").doesNotContain("java.");
    }
    assertThat(call("data", "fetch", "mnist", "--to=" + file)).isEqualTo(2);
    assertThat(sentence()).contains("--to must name a folder");
    assertThat(call("data", "fetch", "mnist", "--to=" + file.resolve("x"))).isEqualTo(2);
    assertThat(call("run", file.toString(), "--output=a\0b")).isEqualTo(2);
    assertThat(sentence()).contains("--output", "a?b").doesNotContain("java.").doesNotContain("\0");
    assertThat(call("report", temp.toString(), "--output=" + temp)).isEqualTo(2);
    assertThat(sentence()).contains("--output must name a file, got the folder");
    Path below = output.resolve("page.html");
    assertThat(call("report", temp.toString(), "--output=" + below)).isEqualTo(2);
    assertThat(sentence()).contains("a folder that exists");
    assertThat(output).doesNotExist();
  }

  @Test
  void aServerThatIsNotThereIsToldInWords() {
    assertThat(call("data", "fetch", "mnist", "--to=" + output, "--mirror=http://127.0.0.1:1/"))
        .isEqualTo(1);
    assertThat(sentence()).contains("http://127.0.0.1:1/").endsWith("connection refused.");
    assertThat(call("data", "fetch", "mnist", "--to=" + output, "--mirror=http://none.invalid/"))
        .isEqualTo(1);
    assertThat(sentence()).endsWith("there is no such host.");
  }

  @Test
  void aReportOfNothingIsRefused() {
    assertThat(call("report", temp.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(sentence()).contains("nowhere");
  }
}
