package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.job.JobFailure;
import org.junit.jupiter.api.Test;

class MissingCodeTest {
  private static final String MISSING =
      """
      java.lang.RuntimeException: Could not deserialize
      \tat org.apache.beam.sdk.util.SerializableUtils.deserialize(SerializableUtils.java:1)
      Caused by: java.lang.NoClassDefFoundError: net/bytebuddy/ByteBuddy
      \tat org.apache.beam.sdk.Some.method(Some.java:2)
      """;
  private static final String LOST =
      """
      org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection lost
      \tat org.apache.flink.Some.method(Some.java:3)
      """;

  private final MissingCode watch = new MissingCode();

  @Test
  void theSecondFailureForLackOfAClassIsTheLast() {
    assertThat(watch.seen(new JobFailure(1000, MISSING))).isEmpty();
    assertThat(watch.seen(new JobFailure(1000, MISSING))).as("the same one again").isEmpty();
    assertThat(watch.seen(new JobFailure(5000, MISSING)))
        .contains("A worker lacks the class net.bytebuddy.ByteBuddy");
  }

  @Test
  void aLostWorkerIsNoReasonToGiveUp() {
    assertThat(watch.seen(new JobFailure(1000, LOST))).isEmpty();
    assertThat(watch.seen(new JobFailure(5000, LOST))).isEmpty();
  }
}
