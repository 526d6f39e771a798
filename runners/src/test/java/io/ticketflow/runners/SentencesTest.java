package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private final StringWriter err = new StringWriter();

  @Test
  void namesTheFileThatAWorkerCouldNotWrite() {
    IOException bare = new IOException("No space left on device");
    IOException named = new IOException("cannot write /out/a.avro: " + bare.getMessage(), bare);
    Throwable wrapped =
        new RuntimeException("bundle failed", new UncheckedIOException(named.getMessage(), named));
    assertThat(Sentences.report(wrapped, new PrintWriter(err), false)).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("ticketflow: cannot write /out/a.avro: No space left on device.");
  }

  @Test
  void saysWhatIsWrongWithTheConfigurationFromWhereverItIsThrown() {
    Throwable wrapped =
        new IllegalStateException(new UserException("data.train must be at least 0, got -1"));
    assertThat(Sentences.report(wrapped, new PrintWriter(err), false)).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo("ticketflow: data.train must be at least 0, got -1.");
  }

  @Test
  void namesTheRemedyWhereTheStackIsTooSmall() {
    Throwable wrapped = new IllegalStateException("the graph", new StackOverflowError());
    assertThat(Sentences.report(wrapped, new PrintWriter(err), false)).isEqualTo(1);
    assertThat(err.toString()).contains("too many cycles", "TICKETFLOW_JVM=-Xss256m");
  }
}
