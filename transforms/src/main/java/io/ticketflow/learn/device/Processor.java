package io.ticketflow.learn.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What processor this machine has. libtorch chooses its kernels by it, so results of one experiment
 * may differ in their last bits between two of them.
 */
public final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final List<String> LINES = read();

  private Processor() {}

  /** Model and widest instruction set, such as "AMD EPYC, AVX2"; the architecture elsewhere. */
  public static String name() {
    return name(LINES);
  }

  /** Its abilities as Linux names them, such as "avx2"; none elsewhere. */
  public static Set<String> flags() {
    return flags(LINES);
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(INFO);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Set<String> flags(List<String> info) {
    return new HashSet<>(Arrays.asList(value(info, "flags").orElse("").split(" ", -1)));
  }

  /** Of the lines of Linux's file. */
  static String name(List<String> info) {
    String model = value(info, "model name").orElseGet(() -> System.getProperty("os.arch", ""));
    Set<String> flags = flags(info);
    return model
        + (flags.contains("avx512f") ? ", AVX-512" : flags.contains("avx2") ? ", AVX2" : "");
  }

  private static Optional<String> value(List<String> info, String key) {
    return info.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
