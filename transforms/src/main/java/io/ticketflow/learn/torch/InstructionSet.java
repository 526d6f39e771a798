package io.ticketflow.learn.torch;

import io.ticketflow.learn.device.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The instructions that libtorch computes with on this machine's processor. They decide the bits of
 * its results, so they are in the key of whatever it computes: machines that differ in them do not
 * take over each other's results. Found without loading libtorch.
 */
public final class InstructionSet {
  /** What libtorch takes in place of its own choice. */
  private static final String LIBTORCH = "ATEN_CPU_CAPABILITY";

  /** What the libraries below it take, which it does not know of. */
  private static final List<String> BELOW =
      List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR");

  private static final String USED = of(Processor.flags(), System.getenv());

  private InstructionSet() {}

  /** Such as "avx512", "avx2" or, on other processors, "default". */
  public static String used() {
    return USED;
  }

  /**
   * Of a processor with these flags, in an environment with these variables; where one of them
   * limits a library that libtorch calls, it is named behind a space.
   */
  static String of(Set<String> flags, Map<String, String> environment) {
    List<String> parts = new ArrayList<>(List.of(libtorch(flags, environment)));
    for (String variable : BELOW) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        parts.add(variable + "=" + value);
      }
    }
    return String.join(" ", parts);
  }

  private static String libtorch(Set<String> flags, Map<String, String> environment) {
    String asked = environment.getOrDefault(LIBTORCH, "").toLowerCase(Locale.ROOT);
    if (Set.of("avx512", "avx2", "default").contains(asked)) {
      return asked;
    }
    if (flags.containsAll(List.of("avx512vl", "avx512bw", "avx512dq", "fma"))) {
      return "avx512";
    }
    return flags.containsAll(List.of("avx2", "fma")) ? "avx2" : "default";
  }
}
