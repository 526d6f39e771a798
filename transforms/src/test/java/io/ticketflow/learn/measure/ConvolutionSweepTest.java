package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that leaves its memory takes the JVM with it, so this is tried in another process. */
class ConvolutionSweepTest {
  /** glibc's own checks of its heap, where this library of it is installed. */
  private static final Path CHECKED_MALLOC =
      Path.of("/lib/x86_64-linux-gnu/libc_malloc_debug.so.0");

  @Test
  @Tag("proofs") // for its time
  void noConvolutionLeavesItsMemoryOrItsGradient(@TempDir Path folder) throws Exception {
    Path printed = folder.resolve("printed");
    Process sweep = start(printed, folder);
    try {
      assertThat(sweep.waitFor(4, TimeUnit.MINUTES)).as("ends in time").isTrue();
    } finally {
      sweep.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(printed);
    String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    assertThat(sweep.exitValue()).as(tail).isZero();
    assertThat(lines).as(tail).contains("all sound");
  }

  private static Process start(Path printed, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The flags of this JVM, but for an agent that measures it.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-XX:ErrorFile=" + folder.resolve("crash"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ConvolutionSweep.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    if (Files.exists(CHECKED_MALLOC)) {
      builder.environment().put("LD_PRELOAD", CHECKED_MALLOC.toString());
      builder.environment().put("MALLOC_CHECK_", "3");
    }
    return builder.start();
  }
}
