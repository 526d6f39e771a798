package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A step puts nothing on the heap. Measured without vectors: those are objects too, until the
 * compiler has seen the loops often enough. Measured without the JVM's better compiler: before that
 * takes a method, the thread that asks for it makes all string constants of the method's class,
 * those of error messages too. Adam is left out, as {@code StrictMath.pow} makes arrays.
 */
class AllocationTest {
  @Test
  void stepsPutNothingOnTheHeap() throws IOException {
    List<String> lines = ChildJvm.run(AllocatedBytes.class, List.of("-XX:TieredStopAtLevel=1"));
    assertThat(lines).hasSize(17).first().isEqualTo("without vectors");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.endsWith(": 0"));
  }
}
