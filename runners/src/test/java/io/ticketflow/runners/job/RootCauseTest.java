package io.ticketflow.runners.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {
  @Test
  void isTheOutermostThatNamesAFile() {
    assertThat(
            RootCause.sentence(
                """
                org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
                \tat org.apache.flink.runtime.executiongraph.ExecutionFailureHandler.handleFailure(ExecutionFailureHandler.java:180)
                Caused by: org.apache.beam.sdk.util.UserCodeException: java.io.UncheckedIOException: cannot write a.avro: No space left
                \tat org.apache.beam.sdk.util.UserCodeException.wrap(UserCodeException.java:39)
                Caused by: java.io.UncheckedIOException: cannot write a.avro: No space left
                \t... 24 more
                Caused by: java.io.IOException: No space left
                \t... 26 more
                """))
        .isEqualTo("cannot write a.avro: No space left");
  }

  @Test
  void isElseTheInnermost() {
    assertThat(
            RootCause.sentence(
                """
                java.lang.RuntimeException: java.lang.IllegalStateException: particles must be 0 … 3
                \tat a.B.c(B.java:1)
                Caused by: java.lang.IllegalStateException: particles must be 0 … 3,
                each once
                \tat a.B.c(B.java:2)
                """))
        .isEqualTo("particles must be 0 … 3, each once");
  }

  @Test
  void hasWordsWhereJavaHasNone() {
    assertThat(
            RootCause.sentence(
                "java.util.concurrent.ExecutionException: x\n"
                    + "Caused by: java.lang.NoClassDefFoundError: ai/djl/Device\n\tat a.B.c(D)"))
        .isEqualTo("A worker lacks the class ai.djl.Device");
    assertThat(RootCause.sentence("java.nio.file.NoSuchFileException: /data/x\n\tat a.B.c(D)"))
        .isEqualTo("There is no file /data/x");
    assertThat(RootCause.sentence("java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(D)"))
        .isEqualTo("A worker's memory is full (Java heap space)");
  }

  @Test
  void namesTheRemedyForTheJobManagersStackAsFlinkSendsIt() {
    assertThat(
            RootCause.sentence(
                """
                java.util.concurrent.ExecutionException: could not submit
                \tat a.B.c(B.java:1)
                Caused by: org.apache.flink.runtime.rest.util.RestClientException: [Internal server \
                error., <Exception on server side:
                java.lang.StackOverflowError
                \tat java.base/java.io.ObjectInputStream.readObject0(ObjectInputStream.java:1)
                End of exception on server side>]
                \tat a.B.c(B.java:2)
                """))
        .contains("too many cycles", "-Xss32m", "env.java.opts.jobmanager");
  }
}
