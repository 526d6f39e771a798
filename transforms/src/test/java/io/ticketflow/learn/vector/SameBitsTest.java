package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Trainings and means give the same bits with vectors of every width, without any, wherever a
 * collector puts arrays, and on any number of threads.
 */
class SameBitsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void doNotDependOnVectorsCollectorsOrThreads() throws IOException {
    List<String> widest = run(1, MODULE);
    assertThat(widest).hasSize(14).first().isEqualTo("by vectors");
    List<String> bits = widest.subList(1, widest.size());
    for (String flag :
        List.of(
            "-Dticketflow.vector.bits=128",
            "-Dticketflow.vector.bits=512",
            "-XX:UseAVX=2",
            "-XX:UseAVX=1",
            "-XX:+UseSerialGC",
            "-XX:+UseG1GC")) {
      assertThat(run(1, MODULE, flag)).as(flag).isEqualTo(widest);
    }
    assertThat(run(3, MODULE)).as("three threads").isEqualTo(widest);
    List<String> without = run(1);
    assertThat(without).first().isEqualTo("without vectors");
    assertThat(without.subList(1, without.size())).isEqualTo(bits);
  }

  private static List<String> run(int threads, String... flags) throws IOException {
    return ChildJvm.run(SmallTrainings.class, List.of(flags), String.valueOf(threads));
  }
}
