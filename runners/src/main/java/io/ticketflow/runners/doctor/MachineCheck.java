package io.ticketflow.runners.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.ticketflow.runners.doctor.Finding.Level;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Java, memory, cores, disk and the settings of the C library's allocator. */
final class MachineCheck {
  /** libtorch and a small network take about one; a second is for the data. */
  private static final long MEMORY_NEEDED = 2L << 30;

  private static final long DISK_NEEDED = 1L << 30;
  private static final List<String> ALLOCATOR =
      List.of("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_");

  private MachineCheck() {}

  static List<Finding> findings(Path folder, Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok("java", Runtime.version() + " of " + System.getProperty("java.vendor")));
    findings.add(memory());
    findings.add(
        Finding.ok(
            "cores",
            Runtime.getRuntime().availableProcessors()
                + ": as many trainings run at once, unless --targetParallelism says otherwise."));
    findings.add(disk(folder));
    findings.add(allocator(environment));
    findings.add(home(System.getProperty("user.home")));
    findings.add(locale(System.getProperty("sun.jnu.encoding", "")));
    return findings;
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    String text = gibibytes(total) + ", of which the Java heap may take " + gibibytes(heap) + ".";
    if (total < MEMORY_NEEDED) {
      return Finding.warning(
          "memory", text + " Less than 2 GiB is tight: train small networks, one at a time.");
    }
    if (heap > total / 2) {
      return Finding.warning(
          "memory",
          text + " Tensors lie outside the heap: set TICKETFLOW_HEAP to at most half the memory.");
    }
    return Finding.ok("memory", text);
  }

  private static Finding disk(Path folder) {
    try {
      long free = Files.getFileStore(folder.toAbsolutePath()).getUsableSpace();
      String text = gibibytes(free) + " free in " + folder.toAbsolutePath().normalize() + ".";
      return free < DISK_NEEDED
          ? Finding.warning("disk", text + " Free some, or write elsewhere with --output=DIR.")
          : Finding.ok("disk", text);
    } catch (IOException e) {
      return Finding.problem("disk", folder + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static Finding allocator(Map<String, String> environment) {
    List<String> unset = ALLOCATOR.stream().filter(key -> !environment.containsKey(key)).toList();
    return unset.isEmpty()
        ? new Finding(Level.OK, "allocator", "The C library keeps large tensors: all three set.")
        : Finding.warning(
            "allocator",
            String.join(", ", unset)
                + " unset, which slows training: start by bin/ticketflow, which sets them.");
  }

  /** Where caches and a cluster's folder go unless told otherwise. */
  static Finding home(String folder) {
    return Path.of(folder).isAbsolute() && Files.isWritable(Path.of(folder))
        ? Finding.ok("home", folder + ", for caches and the folder of a cluster.")
        : Finding.problem(
            "home",
            folder
                + " is no folder that can be written: start by bin/ticketflow, which follows "
                + "HOME.");
  }

  /** What Java encodes names of files by. */
  static Finding locale(String encoding) {
    return encoding.equals("UTF-8")
        ? Finding.ok("locale", "Names of files are UTF-8.")
        : Finding.problem(
            "locale",
            "Names of files are "
                + encoding
                + ", so that some cannot be read: start by bin/ticketflow, which sets C.UTF-8.");
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
