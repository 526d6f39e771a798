package io.ticketflow.learn.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Linux tells of a processor, as costs have it. */
class ProcessorTest {
  @Test
  void namesModelAndWidestInstructions() {
    assertThat(Processor.name(info("fpu vme avx avx2"))).isEqualTo("AMD EPYC, AVX2");
    assertThat(Processor.name(info("fpu avx2 avx512f avx512bw"))).isEqualTo("AMD EPYC, AVX-512");
    assertThat(Processor.name(info("fpu sse4_2"))).isEqualTo("AMD EPYC");
    assertThat(Processor.name(List.of("processor : 0"))).isEqualTo(System.getProperty("os.arch"));
    assertThat(Processor.name()).isNotBlank();
  }

  private static List<String> info(String flags) {
    return List.of("processor\t: 0", "model name\t: AMD EPYC", "flags\t\t: " + flags, "");
  }
}
