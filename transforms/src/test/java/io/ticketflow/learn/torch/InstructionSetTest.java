package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstructionSetTest {
  private static final Set<String> WIDE =
      Set.of("fma", "avx2", "avx512f", "avx512vl", "avx512bw", "avx512dq");

  @Test
  void followsLibtorchsRule() {
    assertThat(InstructionSet.of(WIDE, Map.of())).isEqualTo("avx512");
    assertThat(InstructionSet.of(Set.of("fma", "avx2", "avx512f"), Map.of())).isEqualTo("avx2");
    assertThat(InstructionSet.of(Set.of("avx2"), Map.of())).isEqualTo("default");
    assertThat(InstructionSet.of(Set.of(), Map.of())).isEqualTo("default");
  }

  @Test
  void variablesThatChangeItAreInIt() {
    assertThat(InstructionSet.of(WIDE, Map.of("ATEN_CPU_CAPABILITY", "AVX2"))).isEqualTo("avx2");
    assertThat(InstructionSet.of(WIDE, Map.of("ATEN_CPU_CAPABILITY", "nonsense")))
        .isEqualTo("avx512");
    assertThat(InstructionSet.of(WIDE, Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")))
        .isEqualTo("avx512 ONEDNN_MAX_CPU_ISA=AVX2");
  }

  /** {@code std::string at::get_cpu_capability()}, which DJL does not offer. */
  @Test
  void isWhatLibtorchSaysOfItself() throws Exception {
    TorchEngine.require();
    Path library;
    try (Stream<Path> files = Files.walk(TorchEngine.cache())) {
      library = files.filter(f -> f.endsWith("libtorch_cpu.so")).findFirst().orElseThrow();
    }
    Memory text = new Memory(32); // where the function puts its string: a pointer comes first
    NativeLibrary.getInstance(library.toString())
        .getFunction("_ZN2at18get_cpu_capabilityB5cxx11Ev")
        .invokeVoid(new Object[] {text});
    assertThat(InstructionSet.used().split(" ", 2)[0])
        .isEqualTo(text.getPointer(0).getString(0).toLowerCase(Locale.ROOT));
  }
}
