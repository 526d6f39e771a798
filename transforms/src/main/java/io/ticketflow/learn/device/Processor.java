package io.ticketflow.learn.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What processor this machine has. The engine chooses its kernels by it, so results of one
 * experiment may differ in their last bits between two of them. For readers: no key depends on it.
 */
public final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final String NAME = read();

  private Processor() {}

  /** Model and widest instruction set, such as "AMD EPYC, AVX2"; the architecture elsewhere. */
  public static String name() {
    return NAME;
  }

  private static String read() {
    try {
      return name(Files.readAllLines(INFO));
    } catch (IOException e) {
      return System.getProperty("os.arch", "unknown");
    }
  }

  /** Of the lines of Linux's file. */
  static String name(List<String> info) {
    String model = value(info, "model name").orElseGet(() -> System.getProperty("os.arch", ""));
    List<String> flags = List.of(value(info, "flags").orElse("").split(" "));
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
